import { InvalidInputError } from '../../domain/words/errors.ts'
import { isMessageCode } from '../../domain/words/messages.ts'
import type { Reject } from '../../domain/records/reject.ts'
import type { RejectFilter } from './reject-kinds.ts'

export const REJECT_TYPES = ['error', 'warning'] as const satisfies Reject['type'][]

/** A filter as typed or in a URL, not yet checked. */
export type TypedFilter = Partial<Record<'type' | 'code' | 'field', string | undefined>>

/**
 * Parses a filter; an empty field means rejects of the whole record (`null`).
 * @throws InvalidInputError for an unknown type or code, instead of showing all rejects
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

/** The filter of an export: by default only errors, the records that were not imported. */
export function exportedFilter(filter: RejectFilter): RejectFilter {
  return { ...filter, type: filter.type ?? 'error' }
}
