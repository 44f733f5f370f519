import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../../src/installation.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { anApp, type TestApp } from '../../support/pages/app.ts'
import { attributesOf, pageOf } from '../../support/pages/html.ts'

const SHEETS = path.join(packageRoot(), 'public', 'css')
const MAX_FIRST_VIEW_BYTES = 30_000

async function filesOf({ get }: TestApp): Promise<string[]> {
  const page = await pageOf(await get('/jobs'))
  const addresses = [...attributesOf(page, 'href'), ...attributesOf(page, 'src')]
  const files = addresses.map((address) => address.replace(/#.*/, ''))
  return [...new Set(files.filter((address) => address.includes('/assets/')))]
}

describe('a file of the pages', () => {
  test('is kept for a year under a name that changes with what is in it', async () => {
    const app = await anApp()
    await aJob(app.db)
    const files = await filesOf(app)
    expect(files).toHaveLength(5)
    for (const file of files) {
      expect(file).toMatch(/\.[\w-]{10}\.(css|js|svg)$/)
      const { headers } = await app.get(file)
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(headers.get('vary')).toBe('Accept-Encoding')
    }
  })

  test('that styles them has the sheets of all components', async () => {
    const app = await anApp()
    const [address = ''] = (await filesOf(app)).filter((file) => file.endsWith('.css'))
    const css = await (await app.get(address)).text()
    expect(css).not.toContain('@import')
    const sheets = globSync('**/*.css', { cwd: SHEETS }).filter((file) => file !== 'app.css')
    expect(sheets.length).toBeGreaterThan(15)
    for (const sheet of sheets) {
      const [selector] =
        /^ *[.#][\w-]+ \{$/m.exec(readFileSync(path.join(SHEETS, sheet), 'utf8')) ?? []
      expect(css, sheet).toContain(selector?.trim())
    }
  })

  test('is the same, packed or not', async () => {
    const app = await anApp()
    for (const file of await filesOf(app)) {
      const sent = async (encodings: string) => {
        const answer = await app.get(file, { 'accept-encoding': encodings })
        return [
          answer.headers.get('content-encoding'),
          Buffer.from(await answer.arrayBuffer()),
        ] as const
      }
      const [none, plain] = await sent('identity')
      const [gzip, zipped] = await sent('gzip, deflate')
      const [br, pressed] = await sent('gzip, deflate, br')
      expect([none, gzip, br]).toEqual([null, 'gzip', 'br'])
      expect(gunzipSync(zipped).equals(plain)).toBe(true)
      expect(brotliDecompressSync(pressed).equals(plain)).toBe(true)
    }
  })

  test.each([
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=0.0, br; q=0', null],
    ['x-br, notgzip', null],
    ['GZIP;q=0.5', 'gzip'],
  ])('is packed for %s as %s', async (accepted, encoding) => {
    const app = await anApp()
    const [file = ''] = await filesOf(app)
    const { headers } = await app.get(file, { 'accept-encoding': accepted })
    expect(headers.get('content-encoding')).toBe(encoding)
  })

  test('that there is not is not found, by a page as strict as any', async () => {
    const { get } = await anApp()
    for (const file of ['app.css', '..%2fpackage.json', 'app.0000000000.css']) {
      const { status, headers } = await get(`/assets/${file}`)
      expect(status).toBe(404)
      expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    }
  })
})

describe('a page', () => {
  test('is packed for whoever can unpack it', async () => {
    const { db, get } = await anApp()
    for (let count = 0; count < 20; count++) await aJob(db)
    const plain = await (await get('/jobs')).text()
    const packed = await get('/jobs', { 'accept-encoding': 'gzip' })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(plain)
  })

  test('of fifty jobs comes with all its files in thirty kilobytes', async () => {
    const app = await anApp()
    for (let count = 0; count < 60; count++) {
      await aJob(app.db, { label: `People of the ${count}th week`, status: 'finished' })
    }
    const packed = { 'accept-encoding': 'gzip, deflate, br' }
    const weightOf = async (address: string) => {
      const answer = await app.get(address, packed)
      return Buffer.from(await answer.arrayBuffer()).length
    }
    const weights = await Promise.all(['/jobs', ...(await filesOf(app))].map(weightOf))
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(MAX_FIRST_VIEW_BYTES)
  })
})
