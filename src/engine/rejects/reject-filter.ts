import { InvalidInputError } from '../../domain/words/errors.ts'
import { isMessageCode } from '../../domain/words/messages.ts'
import type { Reject } from '../../domain/records/reject.ts'
import type { RejectFilter } from './reject-kinds.ts'

export const REJECT_TYPES = ['error', 'warning'] as const satisfies Reject['type'][]

/** As it is typed or stands in an address. */
export type TypedFilter = Partial<Record<'type' | 'code' | 'field', string | undefined>>

/**
 * Which rejects are meant; a field that is empty is none, as of rejects of the whole record.
 * @throws InvalidInputError for words that name none: not all are shown where some were wanted
 */
export function readRejectFilter({ type, code, field }: TypedFilter): RejectFilter {
  const knownType = REJECT_TYPES.find((one) => one === type)
  if (type !== undefined && knownType === undefined) {
    const choices = REJECT_TYPES.join(', ')
    throw new InvalidInputError({ problem: 'no_choice', choices }, { at: ['type'] })
  }
  if (code !== undefined && !isMessageCode(code)) {
    throw new InvalidInputError({ problem: 'no_code', text: code }, { at: ['code'] })
  }
  return { type: knownType, code, field: field === '' ? null : field }
}

/** Where nothing else is said, an export has the records that were kept out. */
export function exportedFilter(filter: RejectFilter): RejectFilter {
  return { ...filter, type: filter.type ?? 'error' }
}
