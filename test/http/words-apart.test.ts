import { expect, test } from 'vitest'
import { LANGUAGES } from '../../src/i18n/catalogue.ts'
import { anApp } from '../support/pages/app.ts'
import { everyPage } from '../support/pages/every-page.ts'
import { gluedWords } from '../support/pages/glued-words.ts'
import { attributesOf, parse } from '../support/pages/html.ts'
import { storeRandomJobs } from '../support/jobs/random-jobs.ts'

test.each(LANGUAGES)(
  'no two words are read as one by who sees no columns, on any page in %s',
  async (language) => {
    const app = await anApp()
    const glued: string[] = []
    for (const { path, html } of await everyPage(app)) {
      glued.push(...gluedWords(await html(language)).map((words) => `${path}: ${words}`))
    }
    expect(glued).toEqual([])
  },
)

test('nor where a list has pages before and after it', async () => {
  const { db, get } = await anApp()
  await storeRandomJobs(db, 120, 1)
  const addresses = ['/jobs?text=p&from=2026-01-01']
  for (const address of addresses) {
    const html = await (await get(address)).text()
    expect(gluedWords(html), address).toEqual([])
    const next = attributesOf(parse(html), 'href').filter((href) => href.includes('cursor='))
    addresses.push(...next.filter((href) => !addresses.includes(href)))
  }
  expect(addresses.length).toBeGreaterThan(2)
})

test.each([
  ['<a>One</a><a>Two</a>', ['One|Two']],
  ['<a>One</a> <a>Two</a>', []],
  ['<p>One</p><p>Two</p>', []],
  ['<span>With:</span><button>Start</button>', ['With:|Start']],
  ['</nav>One</nav><footer><span>Two', ['One|Two']],
  ['<label><input id="a">One</label>', ['X|One']],
  ['<input type="hidden" name="a">One', []],
  ['One<svg><text>Two</text></svg>Three', ['One|Three']],
  ['“<b>One</b>”, <i>Two</i>.', []],
])('%s', (html, glued) => {
  expect(gluedWords(html)).toEqual(glued)
})
