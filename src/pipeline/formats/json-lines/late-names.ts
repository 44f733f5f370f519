import { z } from 'zod'
import { shorten } from '../../../domain/texts/shorten.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { FollowedRecord } from '../source-reader.ts'

/** Reported names without a column, up to a limit, and whether there are more. */
const lateNames = z.object({ late: z.array(z.string()), isMore: z.boolean() })

const MOST_NAMES = 100

/**
 * Reports once each name that first appears after the sampled records, from which the columns come.
 */
export function followNames(
  seen: unknown,
  { record, line, unknown }: FollowedRecord,
): { seen: unknown; journal: Message[] } {
  if (unknown === undefined) return { seen, journal: [] }
  const before = lateNames.safeParse(seen).data ?? { late: [], isMore: false }
  const told = new Set(before.late)
  const fresh = unknown.map((name) => shorten(name)).filter((name) => !told.has(name))
  if (fresh.length === 0 || before.isMore) return { seen: before, journal: [] }

  const added = [...new Set(fresh)].slice(0, MOST_NAMES - before.late.length)
  const journal: Message[] = added.map((name) => ({
    code: 'TLY-1141',
    params: { name, record, line },
  }))
  const isMore = added.length < new Set(fresh).size
  if (isMore) journal.push({ code: 'TLY-1142', params: { count: MOST_NAMES } })
  return { seen: { late: [...before.late, ...added], isMore }, journal }
}
