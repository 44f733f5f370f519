import type { Context } from 'hono'
import type { ByteSpan } from '../../pipeline/files/stream-file.ts'
import type { AppEnv } from '../ground/env.ts'

/**
 * The part of a file that a request asks for: the whole file, one range, or `none` for a range
 * beyond its end. Several ranges, and one of another version of the file, get the whole file, as
 * RFC 9110 allows.
 */
export function rangeOf(
  c: Context<AppEnv>,
  { size, tag }: { size: number; tag: string },
): ByteSpan | 'none' {
  const whole = { start: 0, end: size }
  const [, first = '', last = ''] =
    /^bytes=(\d{0,15})-(\d{0,15})$/.exec(c.req.header('range')?.trim() ?? '') ?? []
  const condition = c.req.header('if-range')
  if (first + last === '' || (condition !== undefined && condition !== tag)) return whole

  const span =
    first === ''
      ? { start: Math.max(0, size - Number(last)), end: size }
      : { start: Number(first), end: last === '' ? size : Math.min(size, Number(last) + 1) }
  if (first !== '' && last !== '' && Number(last) < Number(first)) return whole
  return span.start < span.end ? span : 'none'
}
