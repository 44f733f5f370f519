import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MessageCode } from '../../src/domain/messages.ts'
import { iterateJournal } from '../../src/engine/journal.ts'
import { all } from '../support/all.ts'
import { OWN } from '../support/app.ts'
import { aConsole } from '../support/console-server.ts'
import { aSlowImport } from '../support/slow-import.ts'

const CLIENTS = 50
const CLICKS = 12
const EVENTS = ['start', 'pause', 'cancel'] as const
type Event = (typeof EVENTS)[number]
/** The journal's word for each click that was taken. */
const TAKEN = {
  start: 'TLY-1002',
  pause: 'TLY-1003',
  cancel: 'TLY-1004',
} as const satisfies Record<Event, MessageCode>

test('of the clicks of fifty operators at once none is lost, and none counts twice', async () => {
  const seed = Number(process.env['TALLYMAN_TEST_SEED'] ?? randomInt(2 ** 31))
  console.log(`clicks: TALLYMAN_TEST_SEED=${seed}`)
  const server = await aConsole({ TALLYMAN_WORKERS: '2' })
  const ids: number[] = []
  for (let count = 0; count < 8; count++) {
    ids.push((await aSlowImport(server, { records: 20_000, label: `Job ${count}` })).id)
  }
  const click = fc.record({ id: fc.constantFrom(...ids), event: oftenestStart })
  const clicks = fc.sample(fc.array(click, { minLength: CLICKS, maxLength: CLICKS }), {
    seed,
    numRuns: CLIENTS,
  })

  const answers = await Promise.all(clicks.map((each) => clickAll(server.origin, each)))

  const given = answers.flat()
  expect(given).toHaveLength(CLIENTS * CLICKS)
  expect(given.filter(({ status }) => status !== 303 && status !== 409)).toEqual([])
  for (const id of ids) {
    const entries = await all(iterateJournal(server.store.db, id))
    for (const event of EVENTS) {
      const taken = given.filter(
        (one) => one.id === id && one.event === event && one.status === 303,
      )
      const written = entries.filter(({ code }) => code === TAKEN[event])
      expect(written.length, `${event} of job ${id}`).toBe(taken.length)
    }
  }
})

/** A job that is cancelled takes nothing more, so that cancelling is rare. */
const oftenestStart = fc.oneof(
  { weight: 10, arbitrary: fc.constant<Event>('start') },
  { weight: 10, arbitrary: fc.constant<Event>('pause') },
  { weight: 1, arbitrary: fc.constant<Event>('cancel') },
)

async function clickAll(origin: string, clicks: { id: number; event: Event }[]) {
  const answers: { id: number; event: Event; status: number }[] = []
  for (const { id, event } of clicks) {
    const url = `${origin}/jobs/${id}/${event}`
    const { status } = await fetch(url, { method: 'POST', headers: OWN, redirect: 'manual' })
    answers.push({ id, event, status })
  }
  return answers
}
