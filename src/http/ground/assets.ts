import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { packageRoot } from '../../installation.ts'
import { ASSET_NAMES, type AssetName } from '../../../views/ground/ui.ts'

type Encoded = { type: string; bytes: Buffer; gzip: Buffer; brotli: Buffer }

/** Static files of the pages, read once: small enough to keep in memory, compressed in advance. */
export type Assets = {
  /** `/assets/app.<hash>.css`, without the base path. */
  pathOf(name: AssetName): string
  find(path: string): Encoded | undefined
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** @throws when a file is missing: the installation is broken, and no page would work */
export function loadAssets(): Assets {
  const byPath = new Map<string, Encoded>()
  const paths = new Map<string, string>()
  for (const name of ASSET_NAMES) {
    const bytes = bytesOf(sourceOf(name))
    const { name: stem, ext } = path.parse(name)
    const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 10)
    const address = `/assets/${stem}.${hash}${ext}`
    const type = TYPES[ext] ?? 'application/octet-stream'
    byPath.set(address, {
      type,
      bytes,
      gzip: gzipSync(bytes, { level: 9 }),
      brotli: brotliCompressSync(bytes),
    })
    paths.set(name, address)
  }
  return {
    pathOf: (name) => paths.get(name) ?? `/assets/${name}`,
    find: (address) => byPath.get(address),
  }
}

function sourceOf(name: AssetName): string {
  switch (name) {
    case 'htmx.js':
      return packageFile('htmx.org/dist/htmx.min.js')
    case 'ptag.js':
      return packageFile('htmx.org/dist/ext/hx-ptag.min.js')
    case 'app.css':
      return path.join(packageRoot(), 'public', 'css', name)
    default:
      return path.join(packageRoot(), 'public', name)
  }
}

/** Style sheets are sent with their imports inlined, and without comments and indentation. */
function bytesOf(file: string): Buffer {
  return file.endsWith('.css')
    ? Buffer.from(sheetOf(file).replaceAll(/\/\*[^]*?\*\/|^\s+/gm, ''))
    : readFileSync(file)
}

function sheetOf(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/@import '(.+)';/g, (_, imported: string) =>
    sheetOf(path.join(path.dirname(file), imported)),
  )
}

function packageFile(specifier: string): string {
  return createRequire(import.meta.url).resolve(specifier)
}
