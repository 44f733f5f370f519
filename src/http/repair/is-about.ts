import { MASK } from '../../domain/records/mask.ts'
import type { OpenReject } from '../../engine/repair/open-rejects.ts'
import { foldName } from '../../pipeline/values/find-name.ts'
import { valuesOfRecord } from '../../pipeline/repair/rewrite.ts'
import type { FileCorrection, NamedReject } from '../../pipeline/repair/read-corrected-file.ts'
import { columnOfField, type RepairSession } from './repair-session.ts'

/** A record that says which reject it is. */
export type NamedCorrection = FileCorrection & { reject: NamedReject }

/**
 * Whether a record of a corrected file is about this reject, and not about one of another job that
 * has the same number: they have the line, the reason and the key in common.
 */
export function isAbout(
  session: RepairSession,
  reject: OpenReject,
  { reject: named, raw }: NamedCorrection,
): boolean {
  const faults = reject.messages.filter(({ type }) => type === 'error')
  const isReason = faults.some(
    ({ code, field }) => code === named.code && (field ?? '') === named.field,
  )
  // What a linked job rejected again may be exported there, with another reason.
  const isRejectedAgain = reject.draft !== undefined
  if (named.line !== reject.line || !(isReason || isRejectedAgain)) return false
  const faulty = faults.map(({ field }) => field)
  return raw === undefined || reject.raw === undefined || faulty.includes(null)
    ? true
    : hasSameKey(session, reject, [reject.raw, raw], faulty)
}

/** A key that was at fault may be corrected too. */
function hasSameKey(
  session: RepairSession,
  reject: OpenReject,
  records: [Buffer, Buffer],
  faulty: (string | null)[],
): boolean {
  const { key, secondKey } = session.job.specification
  const atFault = new Set(faulty.map((field) => foldName(field ?? '')))
  const reader = session.readerOf(reject.record)
  const [before, after] = records.map((raw) => valuesOfRecord(reader, reject, raw))
  if (before === undefined || after === undefined) return true
  return [...key, ...secondKey]
    .filter((field) => !atFault.has(foldName(field)))
    .map((field) => columnOfField(session, field))
    .every((at) => at === undefined || before[at] === MASK || before[at] === after[at])
}
