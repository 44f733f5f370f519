type Alignment = 'left' | 'right'
export type Heading = { text: string; align?: Alignment }

/** Columns as wide as their widest value, two blanks between them. */
export function formatTable(headings: Heading[], rows: string[][]): string {
  const lines = [headings.map((heading) => heading.text), ...rows]
  const widths = headings.map((_, index) =>
    Math.max(...lines.map((line) => [...(line[index] ?? '')].length)),
  )
  return lines
    .map((line) =>
      headings
        .map(({ align }, index) => pad(line[index] ?? '', widths[index] ?? 0, align ?? 'left'))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function pad(text: string, width: number, align: Alignment): string {
  const blanks = ' '.repeat(width - [...text].length)
  return align === 'left' ? text + blanks : blanks + text
}
