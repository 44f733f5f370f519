import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { reconcileRuleOf } from '../../../domain/reconcile/decide.ts'
import type { Row, WritePlan } from '../../../domain/records/record.ts'
import type { Trx } from '../../store.ts'
import { CanonicalTexts } from './canonical-texts.ts'
import { keyIds, SeenKeys } from './seen-keys.ts'
import { readShape, type TableShape } from './shape.ts'

export type WriteSession = ReturnType<typeof openSession>

export function openSession(client: PoolClient, plan: WritePlan, shape: TableShape) {
  const canonical = new CanonicalTexts(client)
  return {
    client,
    plan,
    shape,
    canonical,
    rule: reconcileRuleOf(plan),
    ids: keyIds(plan, shape, canonical),
    keys: new SeenKeys(client, plan),
  }
}

/**
 * The table's shape in a transaction: triggers may have been created since the previous one. The
 * row versions (xmin) of its catalog rows show this much faster than reading the shape.
 */
export function openShapes(plan: WritePlan) {
  let known: { trx: Trx; version: string; shape: TableShape } | undefined
  return async (trx: Trx): Promise<{ shape: TableShape; isFresh: boolean }> => {
    if (known?.trx === trx) return { shape: known.shape, isFresh: false }
    const version = known === undefined ? undefined : await versionOf(trx, known.shape)
    const shape =
      known?.version === version && known !== undefined ? known.shape : await readShape(trx, plan)
    known = { trx, shape, version: version ?? (await versionOf(trx, shape)) ?? '' }
    return { shape, isFresh: true }
  }
}

async function versionOf(trx: Trx, { id }: TableShape): Promise<string | undefined> {
  const each = (catalog: string, column: string) =>
    sql.raw(`(
    select string_agg(xmin::text || ctid::text, ' ' order by ctid)
    from ${catalog} where ${column} = ${id})`)
  const { rows } = await sql<{ version: string | null }>`
    select concat_ws(',', ${each('pg_class', 'oid')}, ${each('pg_attribute', 'attrelid')},
      ${each('pg_trigger', 'tgrelid')}, ${each('pg_index', 'indrelid')},
      ${each('pg_constraint', 'conrelid')}, ${each('pg_rewrite', 'ev_class')}) as version`.execute(
    trx,
  )
  return rows[0]?.version ?? undefined
}

/**
 * Makes deferred constraints immediate: at commit, one record would fail the whole batch.
 * Constraint triggers may need to wait, so they stay deferred.
 */
export async function checkAtOnce(
  client: PoolClient,
  { constraints }: TableShape,
  rows: Row[],
): Promise<void> {
  // Something refused it at commit: an immediate check shows what.
  if (rows.some(({ source }) => source.attempt === 'refused')) {
    await client.query('set constraints all immediate')
  }
  const deferred = constraints.filter(({ kind, isDeferred }) => isDeferred && kind !== 't')
  if (deferred.length === 0) return
  const names = deferred.map((one) => one.sql).join(', ')
  await client.query(`set constraints ${names} immediate`)
}
