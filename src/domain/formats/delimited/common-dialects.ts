/** How a Spanish Excel writes its sheets. */
export const EXCEL_READING = {
  format: 'delimited',
  delimiter: ';',
  encoding: 'windows-1252',
  trim: true,
} as const

/** What a Spanish Excel reads without being asked how. */
export const EXCEL_WRITING = {
  format: 'delimited',
  delimiter: ';',
  bom: true,
  lineEnd: 'crlf',
  safeCells: true,
} as const

/** What most programs read. */
export const COMMON_WRITING = { format: 'delimited', delimiter: ',' } as const
