import type { Selectable } from 'kysely'
import type { RejectKindTable } from '../../db/schema.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { MessageCode } from '../../domain/words/messages.ts'
import type { Reject } from '../../domain/records/reject.ts'

/** Undefined parts match all rejects; `field: null` matches those of the whole record. */
export type RejectFilter = {
  type?: Reject['type'] | undefined
  code?: MessageCode | undefined
  field?: string | null | undefined
}

/** The rejects of a job with the same type, code and field, and their count. */
export type RejectKind = Omit<Selectable<RejectKindTable>, 'job_id'>

type Named = Pick<Reject, 'type' | 'code' | 'field'>

/** The matching kinds of a job's rejects, most frequent first. */
export async function listRejectKinds(
  db: Db | Trx,
  jobId: number,
  { type, code, field }: RejectFilter = {},
): Promise<RejectKind[]> {
  let query = db
    .selectFrom('tallyman_reject_kind')
    .select(['kind', 'type', 'code', 'field', 'count'])
    .where('job_id', '=', jobId)
    .orderBy('count', 'desc')
    .orderBy('kind')
  if (type !== undefined) query = query.where('type', '=', type)
  if (code !== undefined) query = query.where('code', '=', code)
  if (field !== undefined) query = query.where('field', field === null ? 'is' : '=', field)
  return await query.execute()
}

/**
 * Counts rejects that are about to be stored by kind, and returns a lookup of each one's kind
 * number. The caller's transaction must hold the job's row, so that nobody else counts meanwhile.
 */
export async function countKinds(
  trx: Trx,
  jobId: number,
  rejects: Reject[],
): Promise<(reject: Reject) => number> {
  const kinds = new Map((await listRejectKinds(trx, jobId)).map((k) => [nameOf(k), k.kind]))
  const rows = Map.groupBy(rejects, nameOf)
    .entries()
    .map(([name, [first, ...others]]) => {
      const kind = kinds.get(name) ?? kinds.size + 1
      kinds.set(name, kind)
      return first && { job_id: jobId, kind, ...namedOf(first), count: 1 + others.length }
    })
    .filter((row) => row !== undefined)
    .toArray()
  if (rows.length > 0) {
    await trx
      .insertInto('tallyman_reject_kind')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['job_id', 'kind']).doUpdateSet((eb) => ({
          count: eb('tallyman_reject_kind.count', '+', eb.ref('excluded.count')),
        })),
      )
      .execute()
  }
  return (reject) => kinds.get(nameOf(reject)) ?? 0
}

function namedOf({ type, code, field }: Named): Named {
  return { type, code, field }
}

function nameOf({ type, code, field }: Named): string {
  return JSON.stringify([type, code, field])
}
