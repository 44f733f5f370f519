/** In which formats a file is read and written. A new one is named here first. */
export const FORMAT_NAMES = ['delimited', 'json_lines'] as const
export type FormatName = (typeof FORMAT_NAMES)[number]

/** How the names of files end, each perhaps with .gz behind it. */
const ENDINGS: Record<FormatName, readonly string[]> = {
  delimited: ['csv', 'tsv', 'tab'],
  json_lines: ['jsonl', 'ndjson'],
}

/** How the name of a file of the format usually ends. */
export function endingOf(format: FormatName): string {
  return ENDINGS[format][0] ?? format
}

/** The format that a file name tells; undefined where it tells none. */
export function formatOfName(file: string): FormatName | undefined {
  const [, ending = ''] = /\.([^./\\]+)(?:\.gz)?$/i.exec(file) ?? []
  return FORMAT_NAMES.find((format) => ENDINGS[format].includes(ending.toLowerCase()))
}
