import type { NewTable, Store, Trx } from '../../../db/store.ts'
import { within } from '../../../db/within.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { inferTable, type InferredTable } from './infer-table.ts'
import { leftOutWarning } from './left-out.ts'
import { createTable, indexKeys } from './make-table.ts'
import { matchTable, requireTable, type ImportPlan } from './match-table.ts'
import { tellSource } from '../opening/tell-source.ts'
import type { SourceProfile } from '../opening/source-profile.ts'
import type { RunPorts } from '../../ports.ts'
import { withoutRejectColumns } from '../../formats/reject-columns.ts'

const SAMPLE_RECORDS = 10_000

/**
 * The table that shall be made, where there is none. It is looked for in the file before the
 * transaction: a file that is slow to read must not keep everybody from writing.
 * @throws UnusableError where the file is empty
 */
export async function missingTable(
  store: Store,
  specification: ImportSpecification,
  opening: SourceProfile,
): Promise<InferredTable | undefined> {
  if (!specification.create) return undefined
  if ((await store.tables.describe(store.db, specification.table)) !== undefined) return undefined
  if (opening.header.length === 0) {
    throw new UnusableError({ problem: 'empty_file', path: specification.path })
  }
  const sample = await opening.sample(SAMPLE_RECORDS)
  const header = withoutRejectColumns(opening.header, specification, undefined)
  return inferTable(header, sample, specification, opening.reader)
}

export type Preparation = Pick<RunPorts, 'announceLongStatement'> & {
  opening: SourceProfile
  missing: InferredTable | undefined
}

/**
 * Makes ready what the first batch needs: the table that is missing, unless somebody made it
 * meanwhile, and the index of a key that has none.
 * @throws JobFailure where file and table don't go together
 */
export async function planImport(
  outside: Store,
  trx: Trx,
  specification: ImportSpecification,
  { opening, missing, announceLongStatement }: Preparation,
): Promise<ImportPlan> {
  const store = within(outside, trx)
  const journal = [
    ...(specification.dryRun ? [DRY_RUN] : []),
    ...tellSource(opening, specification),
  ]
  const isMissing =
    missing !== undefined && (await store.tables.describe(store.db, missing.name)) === undefined
  if (isMissing) journal.push(await createTable(store, trx, missing), ...missing.reasons)
  const inferred = isMissing ? typedNames(missing) : []
  const plan = await matchTable(store, specification, { ...opening.memo, inferred })
  if (opening.header.length === 0) return { ...plan, journal }

  const { fields, leftOut, computed } = plan.mapping
  const own = withoutRejectColumns(opening.header, specification, plan.table)
  const ofRejects = opening.header.slice(own.length)
  journal.push({
    code: 'TLY-1013',
    params: {
      mapped: fields.map((field) => field.name).join(', '),
      left_out: [...leftOut, ...ofRejects].join(', ') || '–',
    },
  })
  if (computed.length > 0) {
    journal.push({ code: 'TLY-1032', params: { columns: computed.join(', ') } })
  }
  if (ofRejects.length > 0) journal.push({ code: 'TLY-1033', params: {} })
  journal.push(...leftOutWarning(plan.mapping, specification))
  journal.push(...(await indexKeys(store, trx, plan, announceLongStatement)))
  const { name } = plan.table
  // From here on its rows can be accounted for: see `accountedTables`.
  if (!isMissing && !specification.dryRun && !(await store.tables.hasRows(store.db, name))) {
    journal.push({ code: 'TLY-1028', params: { table: name } })
  }
  return { ...plan, table: await requireTable(store, specification.table), journal }
}

function typedNames({ columns }: NewTable): string[] {
  return columns.filter(({ type }) => type !== 'text').map(({ name }) => name)
}

/** Who reads of a table that was made must know that it was made in a copy. */
const DRY_RUN: Message = { code: 'TLY-1016', params: {} }
