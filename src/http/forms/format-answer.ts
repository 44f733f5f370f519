import { formatOfName, type FormatName } from '../../domain/formats/formats.ts'

/** The form answer for a format; empty where the format is detected. */
export function formatAnswer({
  format,
  path,
}: {
  format: FormatName | null
  path: string
}): FormatName | '' {
  return format === null || format === (formatOfName(path) ?? 'delimited') ? '' : format
}
