type Alignment = 'left' | 'right'
export type Heading = { text: string; align?: Alignment }

/** Formats a table with headings; each column is as wide as its widest value. */
export function tableLines(headings: Heading[], rows: string[][]): string[] {
  const lines = [headings.map((heading) => heading.text), ...rows]
  const widths = headings.map((_, index) =>
    Math.max(...lines.map((line) => [...(line[index] ?? '')].length)),
  )
  return lines.map((line) =>
    headings
      .map(({ align }, index) => pad(line[index] ?? '', widths[index] ?? 0, align ?? 'left'))
      .join('  ')
      .trimEnd(),
  )
}

function pad(text: string, width: number, align: Alignment): string {
  const blanks = ' '.repeat(width - [...text].length)
  return align === 'left' ? text + blanks : blanks + text
}
