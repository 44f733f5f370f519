import type { Answers } from '../../../views/forms/job-form.ts'
import {
  characterName,
  delimiterName,
  parseCharacter,
  parseDelimiter,
  parseRecordEnd,
  recordEndName,
} from '../../domain/specification/special-characters.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { formatNames, parseAmount, parseNames } from '../../domain/texts/input-parsing.ts'
import { parseEncoding } from '../../pipeline/encodings/encoding-names.ts'
import { delimiterAnswers, delimiterIn } from './delimiter-answers.ts'
import { formatAnswer } from './format-answer.ts'
import { isTicked, tick, typed } from './form-values.ts'
import type { FormField } from '../../../views/forms/job-form.ts'

type Given = { [Part in keyof ImportSpecification]?: unknown }

/** The answers about how a source is read: those that both forms of an import ask for. */
export function readingAnswers(specification: ImportSpecification): Answers {
  const { encoding, delimiter, header, skip, headerLines, skipLast, columns } = specification
  return {
    format: formatAnswer(specification),
    ...delimiterAnswers(delimiter),
    encoding: encoding === null ? '' : (parseEncoding(encoding) ?? encoding),
    header: tick(header),
    skip: amountText(skip),
    headerLines: amountText(headerLines),
    skipLast: amountText(skipLast || null),
    columns: formatNames(columns),
  }
}

/** The inverse. @throws InvalidInputError */
export function readingIn(answers: Answers): Given {
  const columns = typed(answers, 'columns')
  return {
    format: typed(answers, 'format'),
    delimiter: delimiterIn(answers) ?? null,
    encoding: typed(answers, 'encoding') ?? null,
    header: isTicked(answers, 'header'),
    skip: amountIn(answers, 'skip'),
    headerLines: amountIn(answers, 'headerLines'),
    skipLast: amountIn(answers, 'skipLast') ?? 0,
    columns: columns === undefined ? [] : parseNames(columns, ['columns']),
  }
}

/** The answers about the rest of a dialect. */
export function dialectAnswers(specification: ImportSpecification): Answers {
  const { quote, escape, recordEnd, comment, nulls } = specification
  const { trim, mergeDelimiters, multiline, missingColumns, surplusColumns } = specification
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
export function dialectIn(answers: Answers): Given {
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

export function amountText(amount: number | null): string {
  return amount === null ? '' : String(amount)
}

export function amountIn(answers: Answers, field: FormField): number | string | null {
  const text = typed(answers, field)
  return text === undefined ? null : parseAmount(text)
}
