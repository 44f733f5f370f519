/** A piece of a template: a text as it is, or the value of a source column. */
export type TemplatePiece = { text: string } | { column: string }

const PIECE = /\{\{|\}\}|\{([^{}]+)\}|[^{}]+|[{}]/g

/**
 * Parses a template such as `{first} {last}`: names of source columns in braces; doubled braces are
 * braces. Undefined if a brace has no partner.
 */
export function parseTemplate(template: string): TemplatePiece[] | undefined {
  const pieces: TemplatePiece[] = []
  for (const [whole, column] of template.matchAll(PIECE)) {
    if (column !== undefined) pieces.push({ column: column.trim() })
    else if (whole === '{' || whole === '}') return undefined
    else pieces.push({ text: whole === '{{' || whole === '}}' ? whole.slice(1) : whole })
  }
  return pieces
}

/** The names of the columns in a template. */
export function columnsOfTemplate(template: string): string[] {
  const pieces = parseTemplate(template) ?? []
  return pieces.flatMap((piece) => ('column' in piece ? [piece.column] : []))
}
