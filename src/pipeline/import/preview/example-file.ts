import type { Store } from '../../../db/store.ts'
import type { ListedValues } from '../../../domain/records/table.ts'
import { endingOf } from '../../../domain/formats/formats.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { encodeText } from '../../encodings/encode.ts'
import type { SourceRecord } from '../../formats/source-reader.ts'
import { draftFormat } from '../../known-formats.ts'
import { FORMULA } from '../../values/formula.ts'
import { refusing } from '../../refusing.ts'
import { importState } from '../opening/resume-state.ts'
import { checkTarget } from '../plan/check-import.ts'
import { mapColumns } from '../plan/mapping.ts'
import { planOf, type ImportPlan } from '../plan/match-table.ts'
import { validator } from '../validate.ts'
import { exampleColumns } from './example-columns.ts'
import { asSeen, encodable } from '../opening/as-seen.ts'
import { candidatesFor } from './example-values.ts'

/** A file to fill in: its columns, and example records that the import takes. */
export type ExampleFile = {
  name: string
  bytes: Buffer
  contentType: string
  columns: string[]
  records: string[][]
}

const EXAMPLE_RECORDS = 2

/**
 * A file that an import as specified reads, with examples in the value formats of its fields, as far
 * as the table lists their values, or has rows that they refer to. Other rules of the table the
 * examples do not know.
 * @param writing.separator what stands between two values, if nothing says it
 * @param writing.seen the memo of the last such import: as its source was written, so is this file
 * @throws InvalidInputError
 */
export async function exampleFile(
  store: Store,
  asked: ImportSpecification,
  { separator, seen }: { separator: string; seen?: unknown },
): Promise<ExampleFile> {
  const given = asSeen(asked, seen)
  const table = await store.tables.describe(store.db, given.table)
  // The command that makes a file to fill in makes no table.
  if (table === undefined)
    throw new InvalidInputError({ problem: 'no_table_or_view', table: given.table })
  await checkTarget(store, given)
  const format = draftFormat(given)
  const adapted = format.adapt(given)
  return await refusing(async () => {
    const { tables, db } = store
    const columns = exampleColumns(table, adapted)
    const specification = encodable(adapted, asked, columns)
    const keys = [specification.key, specification.secondKey, ...table.unique]
    const listed = await tables.listed(db, table.name)
    const known = new Map([...listed, ...(await tables.referred(db, table.name, keys))])
    const draft = format.draft(specification, columns, separator)
    const memo = importState.parse({ source: NO_FILE, sha256: null, fields: [], ...draft.state })
    const mapping = mapColumns(columns, table, specification)
    const plan = planOf(table, mapping, { specification, memo })
    const records = Array.from({ length: EXAMPLE_RECORDS }, (_, record) =>
      exampleRecord(plan, columns, { record, known }),
    )
    const name = `${table.name}-example.${endingOf(format.name)}`
    const { contentType } = plan.reader
    return { name, bytes: draft.write(records), contentType, columns, records }
  })
}

const NO_FILE = { size: 0, mtimeMs: 0, ctimeMs: 0, ino: 0, gzip: false }

/** In each column the first candidate that the import takes; empty where it takes none. */
function exampleRecord(
  plan: ImportPlan,
  columns: string[],
  { record, known }: { record: number; known: ListedValues },
): string[] {
  const { fields, sources } = plan.mapping
  const filled = columns.map((_, index) => sources.indexOf(index))
  const candidates = columns.map((name, index) => {
    const at = filled[index] ?? -1
    const [field, options] = [fields[at], plan.options[at]]
    if (field === undefined || options === undefined) return [exampleNamed(name, record + 1)]
    const isKey = keysOf(plan).has(field.name)
    const place = { record, isKey, known: known.get(field.name) }
    return candidatesFor(field, options, place).filter((text) => isWritable(plan, text))
  })
  const validate = validator({ ...plan, isWanted: () => true })
  const chosen = columns.map(() => '')
  const most = Math.max(...candidates.map(({ length }) => length))
  // All columns are tried at once; the earlier candidates come last, and stay.
  for (let at = most - 1; at >= 0; at--) {
    const texts = candidates.map((each) => each[at] ?? '')
    const { problems } = validate(recordOf(texts))
    const refused = new Set(problems.map(({ field }) => field))
    for (const [index, text] of texts.entries()) {
      const field = fields[filled[index] ?? -1]
      if (text !== '' && (field === undefined || !refused.has(field.name))) chosen[index] = text
    }
  }
  return chosen
}

/** For a column that fills no field; a spreadsheet must not run it. */
function exampleNamed(column: string, number: number): string {
  const text = `${column.trim()} ${number}`
  return FORMULA.test(text) ? String(number) : text
}

function keysOf({ key, secondKey, table }: ImportPlan): Set<string> {
  return new Set([...key, ...secondKey, ...table.primaryKey, ...table.unique.flat()])
}

function isWritable({ memo, nulls }: ImportPlan, text: string): boolean {
  return !nulls.has(text) && encodeText(text, memo.encoding) !== undefined
}

/** A record that is not in a file yet. */
function recordOf(fields: string[]): SourceRecord {
  const read = () => ({ flag: undefined, fields })
  return { record: 1, line: 1, offset: 0, bytes: 0, raw: '', attempt: 'first', read }
}
