import type { AppDeps } from '../ground/env.ts'
import type { Handler } from '../ground/route.ts'

/** Sends a static file. Its URL contains its hash, so that it may be cached forever. */
export function sendAsset({ assets }: Pick<AppDeps, 'assets'>): Handler {
  return (c) => {
    const found = assets.find(`/assets/${c.req.param('file') ?? ''}`)
    if (found === undefined) return c.notFound()
    const encoding = encodingOf(c.req.header('accept-encoding'))
    c.header('Content-Type', found.type)
    c.header('Cache-Control', 'public, max-age=31536000, immutable')
    c.header('Vary', 'Accept-Encoding')
    if (encoding !== undefined) c.header('Content-Encoding', encoding)
    const packed = { br: found.brotli, gzip: found.gzip }
    return c.body(new Uint8Array(encoding === undefined ? found.bytes : packed[encoding]))
  }
}

/** The smallest of the accepted encodings; those with weight 0 are not accepted. */
function encodingOf(accepted = ''): 'br' | 'gzip' | undefined {
  const taken = accepted
    .toLowerCase()
    .split(',')
    .filter((one) => !/;\s*q=0(\.0*)?\s*$/.test(one))
    .map((one) => one.replace(/;.*/, '').trim())
  return (['br', 'gzip'] as const).find((encoding) => taken.includes(encoding))
}
