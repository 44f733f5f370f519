import type { Answers } from '../../../views/forms/job-form.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { formatNames, parseAmount, parseNames } from '../../domain/texts/input-parsing.ts'
import { parseEncoding } from '../../pipeline/encodings/encoding-names.ts'
import { delimiterAnswers, delimiterIn } from './delimited-answers.ts'
import { formatAnswer } from './format-answer.ts'
import { isTicked, tick, typed } from './form-values.ts'
import type { FormField } from '../../../views/forms/job-form.ts'

/** The answers about how a source is read: those that both forms of an import ask for. */
export function readingAnswers(specification: ImportSpecification): Answers {
  const { encoding, header, skip, headerLines, skipLast, columns } = specification
  return {
    format: formatAnswer(specification),
    ...delimiterAnswers(specification),
    encoding: encoding === null ? '' : (parseEncoding(encoding) ?? encoding),
    header: tick(header),
    skip: amountText(skip),
    headerLines: amountText(headerLines),
    skipLast: amountText(skipLast || null),
    columns: formatNames(columns),
  }
}

/** The inverse. @throws InvalidInputError */
export function readingIn(answers: Answers): Record<string, unknown> {
  const columns = typed(answers, 'columns')
  return {
    format: typed(answers, 'format'),
    ...delimiterIn(answers),
    encoding: typed(answers, 'encoding') ?? null,
    header: isTicked(answers, 'header'),
    skip: amountIn(answers, 'skip'),
    headerLines: amountIn(answers, 'headerLines'),
    skipLast: amountIn(answers, 'skipLast') ?? 0,
    columns: columns === undefined ? [] : parseNames(columns, ['columns']),
  }
}

export function amountText(amount: number | null): string {
  return amount === null ? '' : String(amount)
}

export function amountIn(answers: Answers, field: FormField): number | string | null {
  const text = typed(answers, field)
  return text === undefined ? null : parseAmount(text)
}
