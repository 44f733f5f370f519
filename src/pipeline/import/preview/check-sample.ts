import type { TableInfo } from '../../../domain/records/table.ts'
import { readOnce, type RecordReading } from '../../formats/source-reader.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import type { FormatKey } from '../../../domain/specification/fields/named-formats.ts'
import type { Transform } from '../../../domain/specification/fields/transforms.ts'
import { LONGEST_SHOWN, shorten } from '../../../domain/texts/shorten.ts'
import type { Message } from '../../../domain/words/messages.ts'
import { finder } from '../../values/find-name.ts'
import { currencyOf, type CurrencyMark } from '../../values/formats/currency-mark.ts'
import { shortYears, type ShortYear } from '../../values/formats/short-years.ts'
import { isShortened } from '../../values/shortened.ts'
import { transformOf } from '../../values/transform.ts'
import { textOfValue } from '../../values/typed-value.ts'
import { betterFormat, type BetterFormat } from './better-format.ts'
import { guessColumns, guessedField } from './guess-columns.ts'
import { guessOrAsk, type FormatGuess } from './guess-format.ts'
import { validator, type ValidatedRecord } from '../validate.ts'
import { neededOf, neededUnfilled, withNeeded } from '../fields/needed-values.ts'
import { matchColumns } from '../plan/mapping.ts'
import type { OpenPreview } from './open-preview.ts'
import { previewPlan } from './preview-plan.ts'

/** What does not fit in one of the first records. */
export type Misfit = {
  record: number
  line: number
  /** The name of the file, where they are several. */
  file: string | undefined
  value: string
  message: Message
}

export type CheckedColumn = {
  name: string
  /** Different values of the first records. */
  examples: string[]
  /** The field that it fills. */
  field: string | undefined
  /** Number of records with a value that does not fit the field. */
  misfits: number
  /** The first of them. */
  faults: Misfit[]
  /** The field that the program finds for it by itself. */
  guessed: string | undefined
  /** In which format its values are, for the field that it fills. */
  format: FormatGuess
}

export type CheckedSample = {
  /** The target table as it is, or as it will be created. */
  table: TableInfo
  isNew: boolean
  columns: CheckedColumn[]
  /** Fields of an existing table that no column fills. */
  unfilled: string[]
  /** Those of them without which no record can be inserted. */
  neededUnfilled: string[]
  /** Number of records checked. */
  checked: number
  /** How many of these cannot be read, so that nothing is said of their values. */
  unreadable: number
  /** Whether they are the first ones of several files. */
  isOfAll: boolean
  /** The format of the values of a column for a field. */
  guess(index: number, field: string): FormatGuess
  /** The two-digit years of a column, read with these options. */
  yearsIn(index: number, options: Pick<FieldOptions, 'transforms' | 'format'>): ShortYear[]
  /** The formats in which more values of a column would fit its field; undefined if there are none. */
  better(index: number, keys: readonly FormatKey[]): BetterFormat | undefined
  /** Values of a column of which a spreadsheet left the first digits, where its field keeps all. */
  shortenedIn(index: number): string[]
  /** The currency that the values of a column have. */
  currencyIn(index: number): CurrencyMark | undefined
}

const EXAMPLES = 3
const MOST_FAULTS = 3

/**
 * Validates the first records as an import would before it writes: what only the database can tell,
 * as that a key is taken, a trial run tells.
 * @throws UnusableError if the specification names unknown columns or fields
 */
export function checkSample(preview: OpenPreview): CheckedSample {
  const { header, names, origins, table: found, profile } = preview
  const { specification, reader } = profile
  const plan = previewPlan(preview)
  const { table, mapping } = plan
  const validate = validator(plan)
  const read = preview.records.map(readOnce)
  const checked = read.map((record) => validate(record))
  const isReadable = (at: number) => checked[at]?.text === undefined
  const records = read.filter((_, at) => isReadable(at))
  const texts = read.map((record, at) => (isReadable(at) ? record.read().fields : []))
  const fieldNamed = finder(table.columns, ({ name }) => name)
  const sourceOf = (field: string) => {
    const name = fieldNamed(field)?.name
    return mapping.sources[mapping.fields.findIndex((one) => one.name === name)]
  }
  const unread = misfitsOf(checked, { texts, origins }, sourceOf)
  const needed = neededOf(plan, specification, preview.typing)
  const whole = checked.map((record) => withNeeded(record, needed))
  const misfits = misfitsOf(whole, { texts, origins }, sourceOf)
  const valuesOf = (index: number) => texts.map((fields) => textOfValue(fields[index]))
  const guess = (index: number, field: string, transforms: Transform[] = []): FormatGuess => {
    const column = found === undefined ? undefined : fieldNamed(field)
    if (reader.isTyped || (found !== undefined && column === undefined)) return { kind: 'none' }
    return guessOrAsk(valuesOf(index).map(transformOf(transforms) ?? String), column)
  }
  const guesses = found && guessColumns(preview, found, specification)
  // What reconcile and delete have no use for stays mapped: the operation may change.
  const matched = matchColumns(header, table, { ...specification, operation: 'insert' })
  const changes = new Map(
    plan.options.map(({ transforms }, at) => [mapping.fields[at]?.name, transforms]),
  )
  const filled = new Set(matched.fields.map(({ name }) => name))
  const fieldOf = (index: number) => matched.fields[matched.sources.indexOf(index)]
  return {
    table,
    isNew: found === undefined,
    columns: names.map((name, index) => {
      const faults = misfits.get(index) ?? []
      const field = fieldOf(index)?.name
      return {
        name,
        examples: examplesOf(texts, index),
        field,
        misfits: faults.length,
        faults: faults.slice(0, MOST_FAULTS),
        guessed: guesses && guessedField(guesses, name, index),
        format: field === undefined ? { kind: 'none' } : guess(index, field, changes.get(field)),
      }
    }),
    unfilled: table.columns
      .filter(({ name, generated }) => !generated && !filled.has(name))
      .map(({ name }) => name),
    neededUnfilled: neededUnfilled(plan, specification, preview.typing),
    checked: checked.length,
    unreadable: checked.length - records.length,
    isOfAll: origins.length > 0,
    guess,
    yearsIn(index, { transforms, format }) {
      const transform = transformOf(transforms) ?? String
      return format === null ? [] : shortYears(format, valuesOf(index).map(transform))
    },
    better(index, keys) {
      const field = fieldOf(index)?.name
      const at = mapping.fields.findIndex(({ name }) => name === field)
      const unfit = unread.get(index)?.length ?? 0
      if (field === undefined || at === -1 || reader.isTyped || unfit === 0) return undefined
      const { transforms = [], format = null } = plan.options[at] ?? {}
      // The format is asked for.
      if (format === null && guess(index, field, transforms).kind === 'ambiguous') return undefined
      const transform = transformOf(transforms) ?? String
      const better = betterFormat(records, {
        plan,
        specification,
        at,
        texts: valuesOf(index).map(transform),
        keys,
        fitting: records.length - unfit,
      })
      // What is empty and needs a value fits in no format.
      const lacking = (misfits.get(index)?.length ?? 0) - unfit
      return better && { ...better, fitting: better.fitting - lacking }
    },
    shortenedIn(index) {
      const isExact = fieldOf(index)?.conversion !== 'real' && !reader.isTyped
      return isExact ? valuesOf(index).filter((text) => isShortened(text.trim())) : []
    },
    currencyIn: (index) => currencyOf(valuesOf(index)),
  }
}

type Texts = RecordReading['fields'][]

/** By the index of the source column. */
function misfitsOf(
  checked: ValidatedRecord[],
  { texts, origins }: { texts: Texts; origins: string[] },
  sourceOf: (field: string) => number | undefined,
): Map<number, Misfit[]> {
  const found = new Map<number, Misfit[]>()
  for (const [at, { record, source, problems }] of checked.entries()) {
    for (const { field, message } of problems) {
      const index = sourceOf(field)
      if (index === undefined) continue
      const misfits = found.get(index) ?? []
      const value = shorten(textOfValue(texts[at]?.[index]), LONGEST_SHOWN)
      misfits.push({ record, line: source.line, file: origins[at], value, message })
      found.set(index, misfits)
    }
  }
  return found
}

function examplesOf(texts: Texts, index: number): string[] {
  const filled = texts.map((fields) => textOfValue(fields[index])).filter((text) => text !== '')
  return [...new Set(filled)].slice(0, EXAMPLES).map((text) => shorten(text, LONGEST_SHOWN))
}
