import type { MaskedPart } from '../../../views/repair/repair-by-file.tsx'
import type { RepairPlace } from '../../../views/repair/repair-url.ts'
import { MASK } from '../../domain/records/mask.ts'
import { UnusableError } from '../../domain/words/errors.ts'
import type { OpenReject } from '../../engine/repair/open-rejects.ts'
import { MASKED_RECORD, readOriginals } from '../../pipeline/repair/original-records.ts'
import { rewriteValues } from '../../pipeline/repair/rewrite.ts'
import type { CorrectedReject } from './correct-reject.ts'
import { columnsOfField, isMaskedColumn, type RepairSession } from './repair-session.ts'

/** A corrected record with its bytes as they are imported. */
export type WholeReject = CorrectedReject & {
  /**
   * The same as `raw`, but for a record with masks: it has its sensitive values again, and is stored
   * nowhere but in the linked job.
   */
  whole: Buffer | undefined
}

/** Fills in what is masked in corrected records, from the source of their job. */
export async function withoutMasks(
  session: RepairSession,
  corrected: CorrectedReject[],
): Promise<WholeReject[]> {
  const { store, job } = session
  const { specification, checkpoint } = job
  const masked = corrected.filter((one) => hasMask(session, one))
  const read = async () =>
    await readOriginals(
      store,
      { specification, memo: checkpoint.memo },
      masked.map(({ reject }) => reject),
    )
  const originals = masked.length === 0 ? new Map() : await read()
  const areMasked = new Set(masked)
  return corrected.map((one) => {
    if (!areMasked.has(one)) return { ...one, whole: one.raw }
    const original: unknown = originals.get(one.reject.record)?.raw
    const whole =
      typeof original === 'string'
        ? filledIn(session, one, Buffer.from(original, 'latin1'))
        : 'gone'
    if (Buffer.isBuffer(whole)) return { ...one, whole }
    const problem = { problem: whole === 'gone' ? 'masked_gone' : 'masked_left' } as const
    return { ...one, whole: undefined, problem: one.problem ?? problem }
  })
}

/** Whether a mask stands where a value of the record should. */
function hasMask({ plan }: RepairSession, { raw, values, reject }: CorrectedReject): boolean {
  if (plan.mask === undefined || raw === undefined) return false
  if (raw.equals(MASKED_RECORD)) return true
  // Of such a record, no column is known to be harmless.
  const wasWhole = reject.raw?.equals(MASKED_RECORD) === true
  const masked = wasWhole ? values?.keys() : plan.mask.columns
  return [...(masked ?? [])].some((at) => values?.[at] === MASK)
}

/** The record of the source with what was corrected besides its masks. */
function filledIn(
  { readerOf }: RepairSession,
  { reject, raw, before, values }: CorrectedReject,
  original: Buffer,
): Buffer | 'masked' {
  if (raw !== undefined && reject.raw?.equals(raw) === true) return original
  if (before === undefined || values === undefined) return 'masked'
  const changes = new Map(
    [...values.entries()].filter(([at, value]) => value !== before[at] && value !== MASK),
  )
  try {
    return rewriteValues(readerOf(reject.record), reject, { raw: original, changes })
  } catch (error) {
    if (!(error instanceof UnusableError)) throw error
    return 'masked'
  }
}

/**
 * What the page says of sensitive values: some of the job's are, or those at fault, or all of these
 * records, since they could not be read.
 */
export function maskedPart(
  session: RepairSession,
  { code, field }: Pick<RepairPlace, 'code' | 'field'>,
  rejects: OpenReject[],
): MaskedPart | undefined {
  if (session.plan.mask === undefined) return undefined
  const isUnread = rejects.some(({ messages }) =>
    messages.some((one) => one.code === code && one.connector === 'text'),
  )
  if (isUnread) return 'record'
  const isFault = columnsOfField(session, field).some((at) => isMaskedColumn(session, at))
  return isFault ? 'fault' : 'rest'
}
