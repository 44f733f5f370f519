import { z } from 'zod'
import type { Message } from '../../../../domain/words/messages.ts'
import type { FollowedRecord } from '../../source-reader.ts'
import { widthOf, type DelimitedState } from '../dialect/delimited-state.ts'

/** Records at the end so far which have all another width; null where the last one has the right one. */
const strayed = z.object({ line: z.number(), count: z.number(), found: z.number() }).nullable()

/** Fewer are damaged records. */
const FEWEST = 3

/** The records of another width that are the last so far, with one more. */
export function strayedAfter(
  seen: unknown,
  { line, text }: FollowedRecord,
): { seen: unknown; journal: Message[] } {
  if (text?.code !== 'TLY-2003') return { seen: null, journal: [] }
  const before = strayed.parse(seen)
  const found = Number(text.params['found'])
  const now =
    before?.found === found ? { ...before, count: before.count + 1 } : { line, count: 1, found }
  return { seen: now, journal: [] }
}

/** What the journal says where the file ends with such records. */
export function strayedMessage(seen: unknown, state: DelimitedState): Message[] {
  const found = strayed.parse(seen)
  if (found === null || found.count < FEWEST) return []
  return [{ code: 'TLY-1132', params: { ...found, expected: widthOf(state) } }]
}
