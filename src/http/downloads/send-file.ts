import path from 'node:path'
import type { Context } from 'hono'
import type { OpenedFile } from '../../pipeline/files/opened-file.ts'
import { streamFile } from '../../pipeline/files/stream-file.ts'
import type { AppEnv } from '../ground/env.ts'
import { rangeOf } from './byte-range.ts'
import { attachment } from './download.ts'

/**
 * Sends an open file as a download, and closes it. A download that broke off can go on by its range,
 * on any server.
 * @param version tells its versions apart
 */
export async function sendFile(
  c: Context<AppEnv>,
  file: OpenedFile,
  { name, version }: { name: string; version: string },
): Promise<Response> {
  const { size } = file.identity
  const tag = `"${version}"`
  c.header('ETag', tag)
  c.header('Accept-Ranges', 'bytes')
  // Sent as stored: compression in transit would make the length unknown.
  c.header('Cache-Control', 'no-store, no-transform')
  const span = rangeOf(c, { size, tag })
  if (span === 'none' || isKnown(c, tag)) {
    await file.close()
    if (span !== 'none') return c.body(null, 304)
    c.header('Content-Range', `bytes */${size}`)
    return c.body(null, 416)
  }
  const isWhole = span.end - span.start === size
  if (!isWhole) c.header('Content-Range', `bytes ${span.start}-${span.end - 1}/${size}`)
  c.header('Content-Type', typeOf(name))
  c.header('Content-Disposition', attachment(name))
  c.header('Content-Length', String(span.end - span.start))
  if (c.req.method !== 'HEAD' && size > 0) {
    return c.body(streamFile(file, span), isWhole ? 200 : 206)
  }
  await file.close()
  return c.body(null, isWhole ? 200 : 206)
}

function isKnown(c: Context<AppEnv>, tag: string): boolean {
  const known = c.req.header('if-none-match')?.split(',') ?? []
  return known.some((one) => one.trim() === tag)
}

const TYPES: Record<string, string> = {
  '.gz': 'application/gzip',
  '.tsv': 'text/tab-separated-values; charset=utf-8',
  '.tab': 'text/tab-separated-values; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
}

function typeOf(name: string): string {
  return TYPES[path.extname(name).toLowerCase()] ?? 'application/octet-stream'
}
