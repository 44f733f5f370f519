import type { AppDeps } from '../ground/env.ts'
import type { Handler } from '../ground/route.ts'

/** A file of the pages. Its address names its contents, so that it may be kept for ever. */
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

/** Of the encodings that are taken the one with the fewest bytes; what has the weight 0 is not taken. */
function encodingOf(accepted = ''): 'br' | 'gzip' | undefined {
  const taken = accepted
    .toLowerCase()
    .split(',')
    .filter((one) => !/;\s*q=0(\.0*)?\s*$/.test(one))
    .map((one) => one.replace(/;.*/, '').trim())
  return (['br', 'gzip'] as const).find((encoding) => taken.includes(encoding))
}
