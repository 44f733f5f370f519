import type { RepairPlace } from '../../../../views/repair/repair-url.ts'
import type { Db } from '../../../db/store.ts'
import { NotFoundError } from '../../../domain/words/errors.ts'
import { listOpenKinds, type OpenKind } from '../../../engine/repair/open-kinds.ts'
import type { RepairableJob } from '../../../engine/repair/require-repairable.ts'

/** @throws NotFoundError where the job has no such rejects */
export async function requireKind(
  db: Db,
  { id }: RepairableJob,
  { code, field }: RepairPlace,
): Promise<OpenKind> {
  const kinds = await listOpenKinds(db, id)
  const kind = kinds.find((one) => one.code === code && one.field === field)
  if (kind === undefined) throw new NotFoundError({ problem: 'no_page' })
  return kind
}
