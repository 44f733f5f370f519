import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { fieldNamesFor } from '../../../pipeline/import/fields/source-names.ts'
import { matchColumns } from '../../../pipeline/import/plan/mapping.ts'
import { guessColumns } from '../../../pipeline/import/preview/guess-columns.ts'
import type { OpenPreview } from '../../../pipeline/import/preview/open-preview.ts'

/** Column → the field that somebody chose for it; undefined: none. */
type SaidColumns = ReadonlyMap<string, string | undefined>
type Seen = Pick<OpenPreview, 'header' | 'names' | 'records' | 'table'>

/** The columns of which a specification says something else than the program by itself. */
export function saidOfColumns(seen: Seen, specification: ImportSpecification): SaidColumns {
  const chosen = fieldsOfColumns(seen, specification)
  const guessed = guessedFields(seen, specification)
  const said = seen.names.map((name, at) => [name, chosen[at]] as const)
  return new Map(said.filter(([, field], at) => field !== guessed[at]))
}

/** All that it says of columns. */
export function explicitColumns({
  map,
  leaveOut,
}: Pick<ImportSpecification, 'map' | 'leaveOut'>): SaidColumns {
  const left = leaveOut.map((column) => [column, undefined] as const)
  return new Map([...Object.entries(map), ...left])
}

type Said = {
  /** What differs from what was guessed. */
  said: SaidColumns
  /** What was said in so many words; where it is still what the program guesses, it stays too. */
  explicit: SaidColumns
  /** Fields that no column fills. */
  made: ReadonlySet<string>
}

/** What is said of the columns that are there, and guessed of the others. */
export function withSaidColumns(
  seen: Seen,
  specification: ImportSpecification,
  { said, explicit, made }: Said,
): Pick<ImportSpecification, 'map' | 'leaveOut'> {
  const guessed = guessedFields(seen, specification).map((field = '') =>
    field === '' || made.has(field) ? undefined : field,
  )
  const agreed = seen.names.filter(
    (name, at) => explicit.has(name) && explicit.get(name) === guessed[at],
  )
  const sure = new Map([...agreed.map((name) => [name, explicit.get(name)] as const), ...said])
  const numbered = [...said.keys()].filter((column) => isNumbered(column, seen.names))
  const columns = [...seen.names, ...numbered]
  const taken = new Set([...columns.map((column) => said.get(column)), ...made])
  const synonyms = synonymsIn(seen, specification)
  const map = columns.flatMap((column): [string, string][] => {
    const guess = synonyms[column]
    const isFree = !sure.has(column) && !taken.has(guess)
    const field = isFree ? guess : sure.get(column)
    return field === undefined ? [] : [[column, field]]
  })
  return {
    map: Object.fromEntries(map),
    leaveOut: columns.filter((column) => sure.has(column) && sure.get(column) === undefined),
  }
}

/** By the index of the column, whatever the operation needs. */
function fieldsOfColumns(
  { header, names, table }: Seen,
  specification: ImportSpecification,
): (string | undefined)[] {
  if (table === undefined)
    return fieldNamesFor(header, specification).map((name) => name ?? undefined)
  const mapping = matchColumns(header, table, { ...specification, operation: 'insert' })
  return names.map((_, at) => mapping.fields[mapping.sources.indexOf(at)]?.name)
}

function synonymsIn(seen: Seen, specification: ImportSpecification): Record<string, string> {
  const { table } = seen
  return table === undefined ? {} : { ...guessColumns(seen, table, specification).synonyms }
}

/** The fields of the columns, where nobody says anything of them. */
function guessedFields(seen: Seen, specification: ImportSpecification): (string | undefined)[] {
  const map = synonymsIn(seen, specification)
  return fieldsOfColumns(seen, { ...specification, map, leaveOut: [] })
}

/** `#3` is the third column, whatever its name is. */
function isNumbered(column: string, names: readonly string[]): boolean {
  const number = /^#(\d+)$/.exec(column)?.[1]
  return !names.includes(column) && number !== undefined && Number(number) <= names.length
}
