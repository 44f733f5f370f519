import type { Action } from '../../../../domain/reconcile/decide.ts'
import { keyBytesOf, fieldsOfBytes, type RecordKey } from '../../../../domain/reconcile/key.ts'
import type { RecordOutcome, Row } from '../../../../domain/records/record.ts'
import { findRows } from '../../statements/find.ts'
import { BEHIND, HELD_BY, IN_VAIN } from './postponed.ts'
import { PostponedRows } from './postponed-rows.ts'
import { openSelfReferences, refersToItself } from './self-references.ts'
import type { WriteSession } from '../../statements/session.ts'

/** Outcomes that may create a row that another record waits for. */
const CHANGES: RecordOutcome['kind'][] = ['inserted', 'updated', 'deleted']

export type PostponingRecords = Awaited<ReturnType<typeof openPostponing>>

/**
 * Postpones records that fail because of other rows of the same table that a later record may
 * change. What each waits for is stored with it, and it is retried once that has happened.
 * Undefined where the table has no foreign key to itself.
 */
export async function openPostponing(session: WriteSession) {
  const { client, plan, rule, ids, shape } = session
  if (!refersToItself(shape)) return undefined
  const references = openSelfReferences(session)
  const rows = await PostponedRows.open(client, plan.jobId)
  const areBytes = fieldsOfBytes(plan)

  /** The found row, with the record's values. */
  const changed = (found: Row['values'], { values }: Row) =>
    found.map((old, at) => {
      const value = values[at]
      if (value === undefined) return old
      return areBytes[at] ? keyBytesOf(value) : value
    })
  const keep = async (row: Row, waitsFor: string) => {
    await ids.learn([row.values])
    await rows.add(row, ids.idsOf(row.values), waitsFor)
  }
  const wantedBy = async (kind: Action['kind'], row: Row): Promise<string | undefined> => {
    const key = rule.keyOf(row)
    const hasKey = key !== undefined && key !== 'empty'
    const keyed = hasKey ? [{ row, key }] : []
    const [one] = (await findRows(client, session, keyed)).values()
    const found = one?.found
    if (!hasKey || found === undefined || found === 'several') {
      return await references.missing(kind, row.values)
    }
    const after = kind === 'deleted' ? undefined : changed(found, row)
    const missing = after && (await references.missing(kind, after))
    if (missing !== undefined) return missing
    const holder = await references.holderOf(key, found, after)
    if (holder === undefined) return undefined
    await ids.learn([holder])
    const [id] = ids.idsOf(holder)
    return id === undefined ? undefined : HELD_BY + id
  }

  return {
    /** Whether the record was postponed because an earlier record with its key is. */
    async isBehind(row: Row, key: RecordKey): Promise<boolean> {
      if (!rows.isAny) return false
      const id = ids.idOf(key)
      if (!(await rows.hasEarlier(id, row.record))) return false
      await keep(row, BEHIND + id)
      return true
    },
    /** Whether the record, which a foreign key refused, was postponed. */
    async isKept(kind: Action['kind'], row: Row): Promise<boolean> {
      const { attempt } = row.source
      if (attempt === 'last' || attempt === 'refused') return false
      const wanted = await wantedBy(kind, row)
      if (wanted !== undefined) await keep(row, attempt === 'unsure' ? IN_VAIN + wanted : wanted)
      return wanted !== undefined
    },
    /** Frees the records that waited for this one. */
    async settle({ values, source }: Row, { kind }: RecordOutcome): Promise<void> {
      if (!rows.isAny) return
      if (source.attempt !== 'first' && CHANGES.includes(kind)) await rows.hopeAgain()
      for (const id of ids.idsOf(values)) {
        await rows.freeFirst(BEHIND + id)
        await rows.freeAll([HELD_BY + id])
      }
      if (kind !== 'rejected') await rows.freeAll(await references.broughtBy(values))
    },
  }
}
