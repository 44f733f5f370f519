import type { Row, WritePlan } from '../../../../domain/records/record.ts'
import type { KeyIds } from '../../statements/seen-keys.ts'

/**
 * Number of leading records that can be decided at once: up to the first whose key occurs before,
 * where the earlier record would change what it finds.
 */
export function segmentOf({ doubles, key }: WritePlan, all: { row: Row }[], ids: KeyIds): number {
  if (key.length === 0 || doubles !== 'update') return all.length
  const known = new Set<string>()
  const at = all.findIndex(({ row }) => {
    if (row.unfit !== undefined) return false
    const own = ids.idsOf(row.values)
    if (own.some((id) => known.has(id))) return true
    for (const id of own) known.add(id)
    return false
  })
  return at === -1 ? all.length : at
}

/**
 * Divides the records of a chunk so that each key comes once in each round: where only records of
 * the same key depend on each other, all of a round can be decided at once.
 */
export function roundsOf<Pending extends { row: Row }>(all: Pending[], ids: KeyIds): Pending[][] {
  const rounds: Pending[][] = []
  const times = new Map<string, number>()
  for (const one of all) {
    const [id = ''] = ids.idsOf(one.row.values)
    const round = id === '' ? 0 : (times.get(id) ?? 0)
    times.set(id, round + 1)
    ;(rounds[round] ??= []).push(one)
  }
  return rounds
}
