import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { fittingPart } from '../../../pipeline/import/fields/fitting-part.ts'
import { lostFields } from '../../../pipeline/import/fields/lost-fields.ts'
import { columnFinder, fieldNamesFor } from '../../../pipeline/import/fields/source-names.ts'
import { matchColumns } from '../../../pipeline/import/plan/mapping.ts'
import { guessColumns } from '../../../pipeline/import/preview/guess-columns.ts'
import type { OpenPreview } from '../../../pipeline/import/preview/open-preview.ts'

/** Column → the field that somebody chose for it; undefined: none. */
type SaidColumns = ReadonlyMap<string, string | undefined>
type Seen = Pick<OpenPreview, 'header' | 'names' | 'records' | 'table'>

/**
 * The columns of which a specification says something else than the program by itself, those that
 * the file lacks included.
 */
export function saidOfColumns(seen: Seen, specification: ImportSpecification): SaidColumns {
  const { header, names, table } = seen
  const fitting = fittingPart(header, table, specification)
  const [chosen, guessed] = [fieldsOfColumns(seen, fitting), guessedFields(seen, fitting)]
  const said = names.map((name, at) => [name, chosen[at]] as const)
  const lost = lostFields(header, specification).map(
    ({ column, field }) => [column, field] as const,
  )
  return new Map([...said.filter(([, field], at) => field !== guessed[at]), ...lost])
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

/**
 * What is said of the columns that are there, and guessed of the others. A field whose column is not
 * there is not filled by a guess: the columns step tells what is lacking.
 */
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
  const columnNamed = columnFinder(seen.header, specification)
  const lacking = [...said].filter(([column]) => columnNamed(column) === undefined)
  const taken = new Set([...said.values(), ...made])
  const synonyms = synonymsIn(seen, specification)
  const map = columns.flatMap((column): [string, string][] => {
    const guess = synonyms[column]
    const isFree = !sure.has(column) && !taken.has(guess)
    const field = isFree ? guess : sure.get(column)
    return pairOf([column, field])
  })
  return {
    map: Object.fromEntries([...map, ...lacking.flatMap(pairOf)]),
    leaveOut: columns.filter((column) => sure.has(column) && sure.get(column) === undefined),
  }
}

function pairOf([column, field]: readonly [string, string | undefined]): [string, string][] {
  return field === undefined ? [] : [[column, field]]
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
