import { z } from 'zod'
import type { Message } from '../../../../domain/words/messages.ts'
import type { FollowedRecord } from '../../source-reader.ts'
import { widthOf, type DelimitedState } from '../dialect/delimited-state.ts'

/** The trailing records so far that share another width; null if the last one is right. */
const strayed = z.object({ line: z.number(), count: z.number(), found: z.number() }).nullable()

/** A shorter run is damaged records. */
const FEWEST = 3

/** Updates the trailing records of another width with one more record. */
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

/** The journal message if the file ends with such records. */
export function strayedMessage(seen: unknown, state: DelimitedState): Message[] {
  const found = strayed.parse(seen)
  if (found === null || found.count < FEWEST) return []
  return [{ code: 'TLY-1132', params: { ...found, expected: widthOf(state) } }]
}
