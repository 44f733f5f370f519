import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { superviseWorkers } from '../../../src/worker/liveness/supervisor.ts'
import { isAlive, untilGone } from '../../support/programs/server.ts'
import { tmpDir } from '../../support/tmp.ts'

/** Supervises processes that write their number and then do as the program says. */
function supervise(
  program: string,
  { count = 1, leaseMs }: { count?: number; leaseMs?: number } = {},
) {
  const folder = tmpDir()
  const pids = path.join(folder, 'pids')
  const main = path.join(folder, 'main.mjs')
  writeFileSync(pids, '')
  writeFileSync(
    main,
    `import { appendFileSync } from 'node:fs'
     appendFileSync(${JSON.stringify(pids)}, process.pid + '\\n')
     ${program}`,
  )
  const entries: Record<string, unknown>[] = []
  const log = pino({}, { write: (line) => void entries.push(JSON.parse(line)) })
  const supervisor = superviseWorkers({
    count,
    main,
    env: process.env,
    log,
    ...(leaseMs === undefined ? {} : { leaseMs }),
  })
  onTestFinished(() => supervisor.stop(0))
  const started = () => readFileSync(pids, 'utf8').trim().split('\n').filter(Boolean).map(Number)
  return { supervisor, entries, started, untilStarted: (n: number) => until(started, n) }
}

async function until<Each>(look: () => Each[], count: number): Promise<Each[]> {
  while (look().length < count) await pause(5)
  return look()
}

const STAYS = 'setInterval(() => undefined, 1000)'

test('each worker is a process of its own, and one that dies is replaced', async () => {
  const { untilStarted } = supervise(STAYS, { count: 2 })
  const [first = 0, second = 0] = await untilStarted(2)
  expect(first).not.toBe(second)
  process.kill(first, 'SIGKILL')

  const [, , third = 0] = await untilStarted(3)
  expect([isAlive(second), isAlive(third)]).toEqual([true, true])
})

test('one that dies again and again is started more and more seldom', async () => {
  const { entries } = supervise('process.exitCode = 7')
  const deaths = await until(() => entries.filter(({ code }) => code === 7), 3)
  expect(deaths.map(({ again_ms }) => again_ms)).toEqual([500, 1000, 2000])
})

test('what workers say is told with their number, trouble as such', async () => {
  const { entries, untilStarted } = supervise(
    `console.log('ready'); console.error('trouble'); ${STAYS}`,
  )
  const [worker] = await untilStarted(1)
  await until(() => entries, 2)
  expect(entries).toContainEqual(expect.objectContaining({ worker, level: 30, msg: 'ready' }))
  expect(entries).toContainEqual(expect.objectContaining({ worker, level: 50, msg: 'trouble' }))
})

test('a stop waits for those that end by themselves, and starts no other', async () => {
  const { supervisor, started, untilStarted } = supervise(
    `process.on('SIGTERM', () => setTimeout(() => process.exit(0), 50)); ${STAYS}`,
    { count: 2 },
  )
  const pids = await untilStarted(2)
  await supervisor.stop()
  expect(pids.map(isAlive)).toEqual([false, false])
  expect(started()).toEqual(pids)
})

test('one that does not end in time is killed', async () => {
  const { supervisor, entries, untilStarted } = supervise(
    `process.on('SIGTERM', () => undefined); console.log('stubborn'); ${STAYS}`,
  )
  const [worker = 0] = await untilStarted(1)
  await until(() => entries, 1)
  await supervisor.stop(20)
  expect(isAlive(worker)).toBe(false)
})

test('a stop while the next start is waited for starts nothing', async () => {
  const { supervisor, entries, started } = supervise('process.exitCode = 7')
  await until(() => entries, 1)
  await supervisor.stop()
  const [worker = 0, ...others] = started()
  await untilGone(worker)
  expect(others).toEqual([])
})

const GIVES_SIGNS =
  "process.send('alive', () => console.log('alive')); setInterval(() => process.send('alive'), 10)"

test('one that stands still past its lease is killed and replaced', async () => {
  const { supervisor, entries, untilStarted } = supervise(GIVES_SIGNS, { leaseMs: 1_000 })
  const [still = 0] = await untilStarted(1)
  // It is watched from its first sign of life on.
  await until(() => entries.filter(({ msg }) => msg === 'alive'), 1)
  process.kill(still, 'SIGSTOP')

  const [, next = 0] = await untilStarted(2)
  expect([isAlive(still), isAlive(next)]).toEqual([false, true])
  expect(entries).toContainEqual(expect.objectContaining({ worker: still, signal: 'SIGKILL' }))
  expect(supervisor.answering()).toMatchObject({ wanted: 1, answering: 1 })
})

test('one that has announced a long statement is waited for', async () => {
  const { entries, started } = supervise(
    `process.send('alive')
     process.send('long_statement')
     const until = performance.now() + 1_000
     while (performance.now() < until);
     console.log('done'); ${STAYS}`,
    { leaseMs: 200 },
  )
  await until(() => entries.filter(({ msg }) => msg === 'done'), 1)
  expect(started()).toHaveLength(1)
})

test('a worker whose place is empty does not answer', async () => {
  const { supervisor, entries } = supervise('process.exitCode = 7')
  await until(() => entries, 1)
  expect(supervisor.answering()).toMatchObject({ wanted: 1, answering: 0 })
})
