import type { Answers, FormField } from '../../../views/forms/job-form.ts'
import { USUAL_WRITING, writingOfName } from '../../domain/formats/delimited/delimited-options.ts'
import {
  asDelimited,
  type ExportSpecification,
  type ImportSpecification,
} from '../../domain/specification/specification.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import {
  characterName,
  commonDelimiter,
  delimiterName,
  parseCharacter,
  parseDelimiter,
  parseRecordEnd,
  recordEndName,
} from '../../domain/formats/delimited/special-characters.ts'
import { formatNames, parseNames } from '../../domain/texts/input-parsing.ts'
import { parseEncoding } from '../../pipeline/encodings/encoding-names.ts'
import { isTicked, tick, typed } from './form-values.ts'

/** The form answers for the delimiter of a source. */
export function delimiterAnswers(specification: ImportSpecification): Answers {
  return choiceOf(asDelimited(specification).delimiter)
}

/** The form answers for how a result is written; the delimiter that its name asks for is left open. */
export function writingAnswers(specification: ExportSpecification): Answers {
  const { path, encoding } = specification
  const isDelimited = specification.format === 'delimited'
  const { delimiter, bom, lineEnd, quoteAll, nullText, safeCells } = isDelimited
    ? specification
    : { ...USUAL_WRITING, ...writingOfName(path) }
  const usual = { ...USUAL_WRITING, ...writingOfName(path) }.delimiter
  return {
    ...choiceOf(delimiter === usual ? null : delimiter),
    encoding: parseEncoding(encoding) ?? encoding,
    bom: tick(bom),
    lineEnd,
    quoteAll: tick(quoteAll),
    nullText: nullText ?? '',
    safeCells: tick(safeCells),
  }
}

/**
 * The inverse. For another format what was only shown means nothing, and what was asked for is refused.
 * @throws InvalidInputError
 */
export function writingIn(answers: Answers, old: Answers, format: string | undefined) {
  const isSame = (field: FormField) => (answers[field] ?? '') === (old[field] ?? '')
  const asked = format === 'delimited' ? answers : withoutSame(answers, isSame)
  return {
    ...delimiterIn(asked),
    encoding: typed(asked, 'encoding'),
    bom: isTicked(asked, 'bom') || undefined,
    lineEnd: asked.lineEnd === 'lf' ? undefined : typed(asked, 'lineEnd'),
    quoteAll: isTicked(asked, 'quoteAll') || undefined,
    // Blanks are a text as well.
    nullText: asked.nullText || undefined,
    safeCells: isTicked(asked, 'safeCells') || undefined,
  }
}

const OF_DELIMITED = [
  'delimiter',
  'otherDelimiter',
  'encoding',
  'bom',
  'lineEnd',
  'quoteAll',
  'nullText',
  'safeCells',
] as const satisfies FormField[]

function withoutSame(answers: Answers, isSame: (field: FormField) => boolean): Answers {
  const same = OF_DELIMITED.filter(isSame).map((field) => [field, undefined])
  return { ...answers, ...Object.fromEntries(same) }
}

/** null leaves the default. */
function choiceOf(delimiter: string | null): Answers {
  if (delimiter === null) return { delimiter: '', otherDelimiter: '' }
  const common = commonDelimiter(delimiter)
  return common === undefined
    ? { delimiter: 'other', otherDelimiter: delimiterName(delimiter) }
    : { delimiter: common, otherDelimiter: '' }
}

/**
 * The delimiter in the answers; typed text overrides the choice.
 * @throws InvalidInputError where `other` is chosen and nothing typed
 */
export function delimiterIn(answers: Answers): { delimiter: string | undefined } {
  const [chosen, other] = [typed(answers, 'delimiter'), typed(answers, 'otherDelimiter')]
  if (chosen === 'other' && other === undefined) {
    throw new InvalidInputError({ problem: 'empty_part' }, { at: ['delimiter'] })
  }
  const text = other ?? chosen
  return { delimiter: text === undefined ? undefined : parseDelimiter(text) }
}

/** The answers about the rest of a dialect. */
export function dialectAnswers(specification: ImportSpecification): Answers {
  const { quote, escape, recordEnd, comment, nulls, ...others } = asDelimited(specification)
  const { trim, mergeDelimiters, multiline, missingColumns, surplusColumns } = others
  return {
    quote: quote === null ? '' : characterName(quote),
    escape: escape === null ? '' : characterName(escape),
    recordEnd: recordEnd === null ? '' : recordEndName(recordEnd),
    comment: comment === null ? '' : delimiterName(comment),
    nulls: formatNames(nulls),
    trim: tick(trim),
    mergeDelimiters: tick(mergeDelimiters),
    multiline: tick(multiline),
    missingColumns,
    surplusColumns,
  }
}

/** The inverse. @throws InvalidInputError */
export function dialectIn(answers: Answers): Record<string, unknown> {
  const nulls = typed(answers, 'nulls')
  const parsed = (field: FormField, parse: (text: string) => string) => {
    const text = typed(answers, field)
    return text === undefined ? null : parse(text)
  }
  return {
    quote: parsed('quote', parseCharacter),
    escape: parsed('escape', parseCharacter),
    recordEnd: parsed('recordEnd', parseRecordEnd),
    comment: parsed('comment', parseDelimiter),
    nulls: nulls === undefined ? [] : parseNames(nulls, ['nulls']),
    trim: isTicked(answers, 'trim'),
    mergeDelimiters: isTicked(answers, 'mergeDelimiters'),
    multiline: isTicked(answers, 'multiline'),
    missingColumns: typed(answers, 'missingColumns'),
    surplusColumns: typed(answers, 'surplusColumns'),
  }
}
