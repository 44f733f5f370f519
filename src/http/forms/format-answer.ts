import { formatOfName, type FormatName } from '../../domain/specification/formats.ts'

/** The answer that leads to a format; none where it is found without being asked for. */
export function formatAnswer({
  format,
  path,
}: {
  format: FormatName | null
  path: string
}): FormatName | '' {
  return format === null || format === (formatOfName(path) ?? 'delimited') ? '' : format
}
