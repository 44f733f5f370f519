import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '../../src/i18n/catalogue.ts'
import { consoleTexts } from '../../src/i18n/console.ts'
import { aJob } from '../support/jobs/a-job.ts'
import { anApp } from '../support/pages/app.ts'
import { everyPage } from '../support/pages/every-page.ts'
import { attributesOf, pageOf, textOf, textsOf } from '../support/pages/html.ts'

const REFRESH = 'noscript meta[http-equiv="refresh"]'

test.each(LANGUAGES)('no page in "%s" hides words, which text browsers show', async (language) => {
  for (const { path, read } of await everyPage(await anApp())) {
    const page = await read(language)
    expect(textsOf(page, '[hidden]').join(''), path).toBe('')
    expect(textOf(page.querySelector('body')), path).not.toContain(
      consoleTexts(language).layout.serverAway,
    )
  }
})

test('the report has its button to print from the script alone', async () => {
  const { db, get } = await anApp()
  const { id } = await aJob(db, { status: 'finished' })
  const page = await pageOf(await get(`/jobs/${id}/report`, { 'accept-language': 'es' }))
  expect(page.querySelectorAll('.report-tools button')).toEqual([])
  expect(page.querySelector('#print-place')?.getAttributeValue('data-text')).toBe('Imprimir')
})

describe('without JavaScript, where something moves,', () => {
  test('a page where nothing is typed loads itself anew until its reader stops it', async () => {
    const { db, get } = await anApp()
    const { id } = await aJob(db, { status: 'running' })
    for (const tab of ['', '/journal', '/rejects']) {
      const path = `/jobs/${id}${tab}`
      const page = await pageOf(await get(path))
      expect(page.querySelector(REFRESH)?.getAttributeValue('content')).toBe('5')
      const off = page.querySelector('noscript .refresh-note a')
      expect(textOf(off)).toBe('Stop that')
      expect(off?.getAttributeValue('href')).toBe(`${path}?refresh=off`)

      const still = await pageOf(await get(`${path}?refresh=off`, { 'accept-language': 'es' }))
      expect(still.querySelector(REFRESH)).toBeNull()
      expect(textOf(still.querySelector('.refresh-note'))).toBe(
        'Esta página no se vuelve a cargar por sí sola. Volver a cargarla cada 5 segundos',
      )
      expect(attributesOf(still, 'href')).toContain(`${path}?refresh=on`)
    }
  })

  test('the list, with its boxes and its filter, does so only when it is asked to', async () => {
    const { db, get } = await anApp({ basePath: '/tally' })
    await aJob(db, { status: 'running', label: 'a' })
    const page = await pageOf(await get('/tally/jobs?text=a&sort=label'))
    expect(page.querySelector(REFRESH)).toBeNull()
    const on = page.querySelector('noscript .refresh-note a')
    expect(textOf(on)).toBe('Load it anew every 5 seconds')
    expect(attributesOf(page, 'href')).toContain('/tally/jobs?text=a&sort=label&refresh=on')

    const moving = await pageOf(await get('/tally/jobs?text=a&refresh=on'))
    expect(moving.querySelector(REFRESH)?.getAttributeValue('content')).toBe('5')
    expect(textOf(moving.querySelector('.refresh-note a'))).toBe('Stop that')
  })

  test('a page with a form to fill in never does', async () => {
    const { db, get } = await anApp()
    const { id } = await aJob(db, { status: 'running' })
    for (const path of ['/jobs/new/import', '/jobs/new/export', `/jobs/${id}/edit?refresh=on`]) {
      const page = await pageOf(await get(path))
      expect([page.querySelector(REFRESH), page.querySelector('.refresh-note')]).toEqual([
        null,
        null,
      ])
    }
  })
})

test('words that stand beside each other are read as words', async () => {
  const { db, get } = await anApp()
  const { id } = await aJob(db, { status: 'finished' })
  const list = await pageOf(await get('/jobs'))
  expect(textOf(list.querySelector('.page-head'))).toBe(
    'Tallyman Today Jobs New import New export Templates Español',
  )
  expect(textOf(list.querySelector('body'))).toMatch(/^Skip to the content Skip to the jobs /)
  const job = await pageOf(await get(`/jobs/${id}`))
  expect(textsOf(job, '.tabs a')).toContain('Rejects 0')
})

test('where nothing moves there is no word of loading anew', async () => {
  const { db, get } = await anApp()
  const { id } = await aJob(db, { status: 'finished' })
  for (const path of ['/jobs', `/jobs/${id}`]) {
    expect((await pageOf(await get(path))).querySelector('.refresh-note')).toBeNull()
  }
})

test.each([
  ['en', 'Skip to the content', 'Skip to the jobs'],
  ['es', 'Ir al contenido', 'Ir a los trabajos'],
])(
  'in "%s" a keyboard gets past the head, and past the filter to the jobs',
  async (language, ...words) => {
    const { db, get } = await anApp()
    for (const jobs of [0, 1]) {
      if (jobs > 0) await aJob(db)
      const page = await pageOf(await get('/jobs', { 'accept-language': language }))
      expect(textsOf(page, '.skip-link')).toEqual(words)
      expect(page.querySelector('[id="main"]')).not.toBeNull()
      expect(page.querySelector('[id="job-rows"]')).not.toBeNull()
    }
    const { id } = await aJob(db)
    expect(
      textsOf(
        await pageOf(await get(`/jobs/${id}`, { 'accept-language': language })),
        '.skip-link',
      ),
    ).toEqual(words.slice(0, 1))
  },
)
