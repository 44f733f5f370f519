import { userInfo } from 'node:os'
import { expect, test } from 'vitest'
import type { MessageCode } from '../../src/domain/words/messages.ts'
import { iterateJournal } from '../../src/engine/ground/journal.ts'
import { OPERATOR } from '../support/jobs/a-job.ts'
import { all } from '../support/all.ts'
import { OWN } from '../support/pages/app.ts'
import { aConsole } from '../support/programs/console-server.ts'
import { aSeed, Chance, isLong } from '../support/faults/chance.ts'
import { expectHonest } from '../support/jobs/honest-journal.ts'
import { aSlowImport } from '../support/jobs/slow-import.ts'

const CLIENTS = 50
const CLICKS = 4
const MINUTE_MS = 60_000
const JOBS = 8

/** The journal's word for each click that was taken; those that make a job are told in both jobs. */
const TAKEN = {
  start: 'TLY-1002',
  pause: 'TLY-1003',
  cancel: 'TLY-1004',
  'run-again': 'TLY-1018',
  duplicate: 'TLY-1020',
} as const satisfies Record<string, MessageCode>
type Act = keyof typeof TAKEN
const ACTS = Object.keys(TAKEN).filter((act): act is Act => act in TAKEN)

/** A job that is cancelled takes nothing more, so that cancelling is rare. */
const WEIGHTS: Record<Act, number> = {
  start: 40,
  pause: 40,
  cancel: 4,
  'run-again': 3,
  duplicate: 1,
}
const LOTTERY = ACTS.flatMap((act) => Array.from({ length: WEIGHTS[act] }, () => act))

type Click = { id: number; act: Act; status: number }

test('of the clicks of fifty operators at once none is lost, and none counts twice', async () => {
  const seed = aSeed('clicks')
  const server = await aConsole({ TALLYMAN_WORKERS: '2' })
  const ids: number[] = []
  for (let count = 0; count < JOBS; count++) {
    ids.push((await aSlowImport(server, { records: 20_000, label: `Job ${count}` })).id)
  }

  const end = performance.now() + MINUTE_MS
  const goesOn = (clicks: number) => clicks < CLICKS || (isLong && performance.now() < end)
  const clicks = await Promise.all(
    Array.from({ length: CLIENTS }, (_, client) =>
      clickWhile(server.origin, ids, new Chance(seed + client), goesOn),
    ),
  )

  const given = clicks.flat()
  console.log(`clicks: ${given.length}, taken: ${given.filter(isTaken).length}`)
  expect(given.length).toBeGreaterThanOrEqual(CLIENTS * CLICKS)
  expect(given.filter(({ status }) => status !== 303 && status !== 409)).toEqual([])
  const { db } = server.store
  const made = given.filter(({ act }) => act === 'run-again' || act === 'duplicate')
  expect(ids.toSorted((a, b) => a - b)).toEqual(
    (await db.selectFrom('tallyman_job').select('id').orderBy('id').execute()).map(({ id }) => id),
  )
  expect(ids).toHaveLength(JOBS + made.filter(isTaken).length)
  for (const id of ids) {
    await expectHonest(db, id, [OPERATOR, userInfo().username])
    const entries = await all(iterateJournal(db, id))
    for (const act of ACTS) {
      const taken = given.filter((click) => click.act === act && isTaken(click) && click.id === id)
      const told = entries.filter(
        ({ code, params }) => code === TAKEN[act] && (params['from'] ?? String(id)) === String(id),
      )
      expect(told.length, `${act} of job ${id}`).toBe(taken.length)
    }
  }
}, 300_000)

const isTaken = ({ status }: Click) => status === 303

/** Now and then one looks at the job. One that a click makes is there for all to click. */
async function clickWhile(
  origin: string,
  ids: number[],
  chance: Chance,
  goesOn: (clicks: number) => boolean,
): Promise<Click[]> {
  const clicks: Click[] = []
  while (goesOn(clicks.length)) {
    const id = ids[chance.below(ids.length)] ?? 0
    const act = LOTTERY[chance.below(LOTTERY.length)] ?? 'start'
    const answer = await fetch(`${origin}/jobs/${id}/${act}`, {
      method: 'POST',
      headers: OWN,
      redirect: 'manual',
    })
    await answer.text()
    clicks.push({ id, act, status: answer.status })
    if (answer.status === 303 && (act === 'run-again' || act === 'duplicate')) {
      ids.push(Number(answer.headers.get('location')?.split('/').at(-1)))
    }
    if (chance.below(4) > 0) continue
    const page = await fetch(`${origin}/jobs/${id}/live`)
    await page.text()
    expect(page.status).toBe(200)
  }
  return clicks
}
