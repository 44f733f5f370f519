import { expect, test } from 'vitest'
import { INTERRUPTIONS, isKill, type InterruptionName } from '../support/faults/interruptions.ts'
import { aChance, isLong, rounds } from '../support/faults/chance.ts'
import { asCommand, asServer, asWorker, type Launch } from '../support/faults/process-under-test.ts'
import { runInterrupted } from '../support/faults/run-interrupted.ts'
import { KINDS, type Kind } from '../support/faults/job-under-test.ts'
import { tmpDir } from '../support/tmp.ts'

const MINUTES = 60_000
const NAMES: InterruptionName[] = Object.keys(INTERRUPTIONS).filter(
  (name): name is InterruptionName => name in INTERRUPTIONS,
)

async function expectSameEnd(
  who: string,
  kind: Kind,
  { names, times, launch }: { names: readonly InterruptionName[]; times: number; launch: Launch },
): Promise<void> {
  const chance = aChance(who)
  const interruptions = chance.shuffled(Array.from({ length: times }, () => names).flat())
  const kills = await runInterrupted(kind, interruptions, { folder: tmpDir(), launch, chance })
  console.log(`${who}: ${kills} kills`)
  expect(kills).toBe(interruptions.filter(isKill).length)
}

test.each<[Kind, readonly InterruptionName[], number, number]>([
  ['import', NAMES, 1, 10],
  [
    'import under rules',
    isLong ? NAMES : ['SIGKILL under way', 'SIGKILL at the last batch'],
    1,
    10,
  ],
  ['tree', isLong ? NAMES : ['SIGKILL under way', 'SIGKILL at any time'], 2, 10],
  ['uploads', isLong ? NAMES : ['SIGKILL under way', 'SIGKILL at the last batch'], 1, 10],
  ['dialects', isLong ? NAMES : ['SIGKILL under way'], 1, 10],
  ['values', isLong ? NAMES : ['SIGKILL under way'], 1, 10],
  ['export', isLong ? NAMES : ['SIGKILL under way', 'SIGTERM at any time'], 1, 8],
  ['gzip export', isLong ? NAMES : ['SIGKILL at any time'], 1, 2],
  ['dry run', isLong ? NAMES : ['SIGKILL under way'], 1, 4],
  ['heads', isLong ? NAMES : ['SIGKILL under way'], 1, 6],
  ['repair', isLong ? NAMES : ['SIGKILL under way', 'SIGKILL at the last batch'], 1, 10],
])(
  'however its worker is hurt, a job comes to the same end: %s',
  async (kind, names, short, long) => {
    const how = { names, times: rounds(short, long), launch: asWorker }
    await expectSameEnd(`${kind} by a worker`, kind, how)
  },
  30 * MINUTES,
)

test.each([
  ['a command in the foreground', asCommand],
  ['a server with its worker', asServer],
])(
  'however hurt, %s brings its job to the same end, and leaves nobody running',
  async (who, launch) => {
    const kills = ['SIGKILL at any time', 'SIGKILL under way'] as const
    const names = isLong
      ? ([...kills, 'SIGTERM at any time', 'SIGTERM, and again'] as const)
      : kills
    await expectSameEnd(who, 'import', { names, times: rounds(1, 15), launch })
  },
  30 * MINUTES,
)

test.each<Kind>(isLong ? KINDS : [])(
  'a job survives two kills, and three: %s',
  async (kind) => {
    for (const times of [2, 3, 2, 3]) {
      const how = { names: ['SIGKILL under way'] as const, times, launch: asWorker }
      await expectSameEnd(`${kind}, killed ${times} times`, kind, how)
    }
  },
  30 * MINUTES,
)
