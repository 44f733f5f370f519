import { expect, test } from 'vitest'
import { BLOWS, type BlowName } from '../support/faults/blows.ts'
import { aChance, isLong, rounds, type Chance } from '../support/faults/chance.ts'
import { asCommand, asServer, asWorker } from '../support/faults/doomed.ts'
import { ordeal } from '../support/faults/ordeal.ts'
import { KINDS, type Kind } from '../support/faults/victim.ts'
import { tmpDir } from '../support/tmp.ts'

const MINUTES = 60_000
const NAMES: BlowName[] = Object.keys(BLOWS).filter((name): name is BlowName => name in BLOWS)

/** Every kind of blow so often, in an order that is left to chance. */
function everyBlow(chance: Chance, times: number): BlowName[] {
  return chance.shuffled(Array.from({ length: times }, () => NAMES).flat())
}

test.each<[Kind, number, number]>([
  ['import', 1, 15],
  ['export', 0, 8],
  ['gzip export', 0, 2],
  ['dry run', 0, 4],
])(
  'an %s whose worker is hurt in every way comes to the same end',
  async (kind, short, long) => {
    const chance = aChance(`${kind} by a worker`)
    const times = rounds(short, long)
    const blows: BlowName[] =
      times === 0 ? ['SIGKILL under way', 'SIGTERM at any time'] : everyBlow(chance, times)
    const kills = await ordeal(kind, blows, { folder: tmpDir(), launch: asWorker, chance })
    console.log(`${kind} by a worker: ${kills} kills`)
    expect(kills).toBeGreaterThan(0)
  },
  30 * MINUTES,
)

test.each<[string, Kind, typeof asCommand]>([
  ['a command in the foreground', 'import', asCommand],
  ['a server with its worker', 'import', asServer],
])(
  '%s that is killed again and again comes to the same end',
  async (who, kind, launch) => {
    const chance = aChance(who)
    const blows: BlowName[] = chance.shuffled(
      Array.from({ length: rounds(1, 20) }, () => [
        'SIGKILL at any time' as const,
        'SIGKILL under way' as const,
      ]).flat(),
    )
    const kills = await ordeal(kind, blows, { folder: tmpDir(), launch, chance })
    console.log(`${who}: ${kills} kills`)
    expect(kills).toBeGreaterThan(0)
  },
  30 * MINUTES,
)

test.each<Kind>(isLong ? KINDS : [])(
  'an %s survives two kills, and three',
  async (kind) => {
    const chance = aChance(`${kind}, two and three kills`)
    for (const times of [2, 3, 2, 3]) {
      const blows = Array.from({ length: times }, () => 'SIGKILL under way' as const)
      await ordeal(kind, blows, { folder: tmpDir(), launch: asWorker, chance })
    }
  },
  30 * MINUTES,
)
