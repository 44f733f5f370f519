import type { HtmlElement } from 'html-validate'
import { describe, expect, test } from 'vitest'
import { allowedCommands, COMMANDS } from '../../../src/domain/states/commands.ts'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { aJob } from '../../support/jobs/a-job.ts'
import { anApp, IN_PLACE, OWN } from '../../support/pages/app.ts'
import { pageOf, textOf, textsOf } from '../../support/pages/html.ts'

const EVENTS = ['start', 'pause', 'cancel'] as const
const TABS = ['', '/journal', '/rejects']

describe.each(JOB_STATUSES)('a job that is %s', (status) => {
  test('shows a button for each command that it obeys, and no other, on every tab', async () => {
    const { db, get } = await anApp()
    const { id } = await aJob(db, { status })
    for (const tab of TABS) {
      const page = await pageOf(await get(`/jobs/${id}${tab}`))
      const shown = COMMANDS.filter(
        (command) => page.querySelector(`#button-${command.replace('_', '-')}`) !== null,
      )
      expect(shown).toEqual(allowedCommands(status))
    }
  })

  test.each(EVENTS)('answers %s by doing it, or by a sentence that says why not', async (event) => {
    const { db, get, post } = await anApp()
    const { id } = await aJob(db, { status })
    const isAllowed = allowedCommands(status).includes(event)

    const answer = await post(`/jobs/${id}/${event}?tab=journal`)
    if (isAllowed) {
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `/jobs/${id}/journal`])
      expect((await findJob(db, id))?.status).not.toBe(status)
    } else {
      const page = await pageOf(answer, 409)
      expect(textOf(page.querySelector('#job-notice [role="alert"]'))).toContain(`Job ${id} has`)
      expect(page.querySelector('#journal')).not.toBeNull()
      expect((await findJob(db, id))?.status).toBe(status)
      expect(await (await get(`/jobs/${id}`)).text()).not.toContain('role="alert">Job')
    }
  })
})

test.each(['run-again', 'duplicate'])('two clicks on %s make one job', async (act) => {
  const { db, get, post } = await anApp()
  const { id } = await aJob(db, { status: 'finished' })
  const click = async (page: HtmlElement) => {
    const once = page.querySelector('#form-new-job [name="once"]')?.getAttributeValue('value') ?? ''
    const answer = await post(`/jobs/${id}/${act}`, [['once', once]])
    return [answer.status, answer.headers.get('location')]
  }
  const page = await pageOf(await get(`/jobs/${id}`))
  const made = [303, `/jobs/${id + 1}`]
  expect(await Promise.all([click(page), click(page)])).toEqual([made, made])
  expect(await click(await pageOf(await get(`/jobs/${id}`)))).toEqual([303, `/jobs/${id + 2}`])
})

test('two clicks that two servers take make one job', async () => {
  const { store, db, get, post } = await anApp()
  const other = await anApp({}, {}, { store })
  const { id } = await aJob(db, { status: 'finished' })
  const page = await pageOf(await get(`/jobs/${id}`))
  const once = page.querySelector('#form-new-job [name="once"]')?.getAttributeValue('value') ?? ''
  const clicks = [post, other.post].map((click) => click(`/jobs/${id}/duplicate`, [['once', once]]))
  const led = (await Promise.all(clicks)).map(({ headers }) => headers.get('location'))
  expect(led).toEqual([`/jobs/${id + 1}`, `/jobs/${id + 1}`])
})

test.each([
  ['journal', 'level=warning&before=12'],
  ['rejects', 'type=error&code=TLY-3001&field=age'],
])('a command leads back to the part of the %s tab where it was given', async (tab, query) => {
  const { db, get, post } = await anApp()
  const { id } = await aJob(db, { status: 'running' })
  const place = `/jobs/${id}/${tab}?${query}`
  const page = await pageOf(await get(place))
  const action = page.querySelector('#form-pause')?.getAttributeValue('action') ?? ''
  const answer = await post(action.replaceAll('&amp;', '&'))
  expect(answer.headers.get('location')).toBe(place)

  const refused = `/jobs/${id}/start?tab=${tab}&${query}`
  expect((await post(refused)).status).toBe(409)
  // As where the page is loaded again, or read in another language.
  expect((await get(refused)).headers.get('location')).toBe(place)
})

test('a refusal is told in the language of the reader, in place or not', async () => {
  const { db, post } = await anApp()
  const { id } = await aJob(db, { status: 'finished' })
  for (const headers of [OWN, IN_PLACE]) {
    const english = await pageOf(await post(`/jobs/${id}/pause`, [], headers), 409)
    expect(textOf(english.querySelector('#job-notice [role="alert"]'))).toBe(
      `Job ${id} has the status "Finished"; "Pause" needs the status "Start pending", "Execution in progress", or "Server shutdown in progress".`,
    )
    const spanish = await pageOf(
      await post(`/jobs/${id}/pause`, [], { ...headers, 'accept-language': 'es' }),
      409,
    )
    expect(textOf(spanish.querySelector('#job-notice [role="alert"]'))).toBe(
      `El trabajo ${id} está en el estado «Finalizado»; «Pausar» requiere el estado «Inicio pendiente», «Ejecución en curso» o «Apagado del servidor en progreso».`,
    )
  }
})

test('a command in place is answered by the page it leads to', async () => {
  const { db, post } = await anApp()
  const { id } = await aJob(db, { status: 'paused' })
  const answer = await post(`/jobs/${id}/start?tab=general`, [], IN_PLACE)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/jobs/${id}`])
})

test('the journal names the operator whom the proxy names, and nobody else may', async () => {
  const named = { ...OWN, 'x-user': 'berta' }
  const trusting = await anApp({ operatorHeader: 'x-user' })
  const trusted = await aJob(trusting.db)
  await trusting.post(`/jobs/${trusted.id}/start`, [], named)
  expect((await findJob(trusting.db, trusted.id))?.started_by).toBe('berta')

  const careful = await anApp({ operatorHeader: null })
  const job = await aJob(careful.db)
  await careful.post(`/jobs/${job.id}/start`, [], named)
  expect((await findJob(careful.db, job.id))?.started_by).toBe('ana')
})

test('a job that is not there is a page that says so', async () => {
  const { get, post } = await anApp()
  const paths = ['', '/journal', '/rejects', '/live', '/journal.txt'].map((tab) => `/jobs/77${tab}`)
  for (const path of [...paths, '/jobs/99999999999999999999']) {
    const page = await pageOf(await get(path), 404)
    expect(textsOf(page, '[role="alert"]').at(-1)).toContain('There is no job')
  }
  for (const event of EVENTS) expect((await post(`/jobs/77/${event}`)).status).toBe(404)
})

test('what is no page, and no command, is not found', async () => {
  const { db, get, post } = await anApp()
  const { id } = await aJob(db)
  for (const path of ['/nothing', '/jobs/abc', `/jobs/${id}/nothing`, '/jobs/-1']) {
    expect((await get(path)).status, path).toBe(404)
  }
  for (const event of ['claim', 'finish', 'yield', 'constructor']) {
    expect((await post(`/jobs/${id}/${event}`)).status, event).toBe(404)
  }
})

const MANY: [string, [string, string][]][] = [
  ['one after the other', Array.from({ length: 33_000 }, (_, at) => ['id', String(at % 9_999)])],
  ['one a thousand times', Array.from({ length: 33_000 }, () => ['id', '1'])],
  ['in one field', [['id', Array.from({ length: 33_000 }, (_, at) => at + 1).join('.')]]],
]

test.each(MANY)(
  'more jobs than can be commanded at once, %s, are refused or are one',
  async (how, ids) => {
    const { db, post } = await anApp()
    const { id } = await aJob(db)
    const answer = await post('/jobs/commands', [['command', 'start'], ...ids])
    const isOne = how === 'one a thousand times'
    const page = await pageOf(answer, isOne ? 200 : 422)
    if (!isOne) expect(textOf(page.querySelector('#main [role="alert"]'))).toContain('at most 200')
    expect((await findJob(db, id))?.status).toBe(isOne ? 'start_pending' : 'editing')
  },
)

test('a form of more jobs than a form can hold is refused by its size', async () => {
  const { post } = await anApp()
  const ids = Array.from({ length: 33_000 }, (_, at): [string, string] => ['id', String(at)])
  expect((await post('/jobs/commands', [['command', 'start'], ...ids])).status).toBe(413)
})
