import type { Message } from '../../../../domain/words/messages.ts'
import type { ResumeState } from '../../../import/plan/import-plan.ts'
import { widthOf } from './source-head.ts'

export type Strayed = ResumeState['strayed']

/** Fewer are damaged records. */
const FEWEST = 3

/** The records of another width that are the last so far, with one more. */
export function strayedAfter(before: Strayed, line: number, text: Message | undefined): Strayed {
  if (text?.code !== 'TLY-2003') return null
  const found = Number(text.params['found'])
  return before?.found === found
    ? { ...before, count: before.count + 1 }
    : { line, count: 1, found }
}

/** What the journal says where the file ends with such records. */
export function strayedMessage({ strayed, ...memo }: ResumeState): Message[] {
  if (strayed === null || strayed.count < FEWEST) return []
  return [{ code: 'TLY-1132', params: { ...strayed, expected: widthOf(memo) } }]
}
