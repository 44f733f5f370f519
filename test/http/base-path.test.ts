import { describe, expect, test } from 'vitest'
import { aJob } from '../support/jobs/a-job.ts'
import { anApp } from '../support/pages/app.ts'
import { everyPage } from '../support/pages/every-page.ts'
import { attributesOf, pageOf } from '../support/pages/html.ts'

/** Attributes that hold an address of this server. */
const ADDRESSES = ['href', 'src', 'action', 'formaction', 'hx-get', 'hx-post']

describe.each(['', '/tools/tally'])('behind "%s"', (basePath) => {
  test('every link, form and file of every page stays below it', async () => {
    const app = await anApp({ basePath })
    for (const { path, read } of await everyPage(app)) {
      const page = await read()
      const addresses = ADDRESSES.flatMap((name) => attributesOf(page, name))
      expect(addresses.length, path).toBeGreaterThan(10)
      const strays = addresses.filter((address) => !isBelow(basePath, address))
      expect(strays, path).toEqual([])
    }
  })

  test('every link to a page, and every file, is there', async () => {
    const app = await anApp({ basePath })
    const links = new Set<string>()
    for (const { read } of await everyPage(app)) {
      const page = await read()
      for (const name of ['href', 'src', 'hx-get']) {
        for (const address of attributesOf(page, name)) links.add(address.replace(/#.*/, ''))
      }
    }
    links.delete('')
    const missing: string[] = []
    for (const link of links) {
      const { status } = await app.get(link)
      if (status !== 200) missing.push(`${status} ${link}`)
    }
    expect(missing).toEqual([])
  })
})

test('the root is the start page, also behind a base path', async () => {
  for (const basePath of ['', '/tally']) {
    const { get } = await anApp({ basePath })
    for (const root of [basePath || '/', `${basePath}/`]) {
      const page = await pageOf(await get(root))
      expect(page.querySelector('#today')).not.toBeNull()
    }
    const beside = await get('/')
    const isBeside = basePath !== ''
    expect(isBeside ? beside.headers.get('location') : null).toBe(isBeside ? `${basePath}/` : null)
    expect((await get(`${basePath}/jobs/`)).status).toBe(200)
  }
})

test('nothing of a server behind a base path is found beside it', async () => {
  const { db, get } = await anApp({ basePath: '/tally' })
  const { id } = await aJob(db)
  expect((await get(`/jobs/${id}`)).status).toBe(404)
  expect((await get(`/tally/jobs/${id}`)).status).toBe(200)
  await pageOf(await get('/tally/jobs/abc'), 404)
})

function isBelow(basePath: string, address: string): boolean {
  return address.startsWith(`${basePath}/`) || address.startsWith('#')
}
