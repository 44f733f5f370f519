import { isDeepStrictEqual } from 'node:util'
import { ERROR_POLICIES } from '../../../domain/specification/fields/error-policy.ts'
import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import { oneOf } from '../../ground/params.ts'
import type { CurrencyMark } from '../../../pipeline/values/formats/currency-mark.ts'
import { canSay } from './as-sent.ts'
import { CHECK_ANSWERS, checkAnswers, checksIn } from './check-answers.ts'
import { ENUMERATION_ANSWERS, enumerationAnswers, enumerationIn } from './enumeration-answers.ts'
import { formatAnswers, formatIn, type FormatAnswers } from './format-answers.ts'
import {
  CHANGE_ANSWERS,
  transformAnswers,
  transformsIn,
  type ChangeAnswer,
} from './transform-answers.ts'

/** The inputs of a step as they were sent. */
type Texts = Readonly<Record<string, string>>

/**
 * What a form asks of a field besides what fills it; the names of the inputs end in the number of
 * its row. `asked` says that the row had more than a format and a policy.
 */
const FIELD_ANSWERS = [
  'asked',
  'format',
  'pivot',
  'currency',
  'error',
  'sensitive',
  'drop_transforms',
  'drop_checks',
  'drop_format',
  ...CHECK_ANSWERS,
  ...ENUMERATION_ANSWERS,
] as const
type FieldAnswer = (typeof FIELD_ANSWERS)[number] | ChangeAnswer
export type FieldAnswers = Readonly<Partial<Record<FieldAnswer, string | undefined>>>

/** What a form cannot say of a field: it stays as it is. */
export type HiddenParts = { transforms: boolean; checks: boolean; enumeration: boolean }

/** The answers that lead to these options. */
export function fieldAnswers(options: FieldOptions): FieldAnswers {
  const { transforms, checks, format, sensitive } = options
  const hidden = hiddenParts(options)
  return {
    ...(sensitive ? { sensitive: 'yes' } : {}),
    ...(hidden.transforms ? {} : transformAnswers(transforms)),
    ...(hidden.checks ? {} : checkAnswers(checks)),
    ...(format?.kind !== 'enumeration' || hidden.enumeration ? {} : enumerationAnswers(format)),
  }
}

export function hiddenParts({ transforms, checks, format }: FieldOptions): HiddenParts {
  return {
    transforms: !canSay(transforms, transformAnswers(transforms), (sent) => transformsIn(sent)),
    checks: !canSay(checks, checkAnswers(checks), (sent) => checksIn(sent, checks)),
    enumeration:
      format?.kind === 'enumeration' &&
      !canSay(format, enumerationAnswers(format), (sent) => enumerationIn(sent)),
  }
}

/** The options with what a form says; what it does not ask for stays as it is. */
export function withFieldAnswers(
  known: FieldOptions,
  answers: FieldAnswers,
  currency?: CurrencyMark,
): FieldOptions {
  // What no input says can be taken away as a whole.
  const left = withoutDropped(known, answers)
  const hidden = hiddenParts(left)
  const isAsked = answers.asked === 'yes'
  return {
    ...known,
    transforms:
      isAsked && !hidden.transforms ? transformsIn(answers, left.transforms) : left.transforms,
    format: listOrFormat(
      left.format,
      isAsked && !hidden.enumeration ? answers : { ...answers, enumeration: undefined },
      formatAnswers(answers, currency),
    ),
    checks: isAsked && !hidden.checks ? checksIn(answers, left.checks) : left.checks,
    onError: oneOf(ERROR_POLICIES, answers.error) ?? known.onError,
    sensitive: isAsked ? answers.sensitive === 'yes' : known.sensitive,
  }
}

function withoutDropped(known: FieldOptions, answers: FieldAnswers): FieldOptions {
  return {
    ...known,
    transforms: answers.drop_transforms === 'yes' ? [] : known.transforms,
    checks: answers.drop_checks === 'yes' ? [] : known.checks,
    format: answers.drop_format === 'yes' ? null : known.format,
  }
}

/** The answers about the field of a row. */
export function answersAt(typed: Texts, row: string): FieldAnswers {
  const fixed = FIELD_ANSWERS.map((name) => [name, typed[`${name}-${row}`]] as const)
  const changes = CHANGE_ANSWERS.map((name) => {
    const [kind, place] = name.split('-')
    return [name, typed[`${kind}-${row}-${place}`]] as const
  })
  return Object.fromEntries([...fixed, ...changes].filter(([, text]) => text !== undefined))
}

/** A list that was changed counts; else the format that is chosen by its name. */
function listOrFormat(
  known: FieldOptions['format'],
  answers: FieldAnswers,
  chosen: FormatAnswers,
): FieldOptions['format'] {
  const was = known?.kind === 'enumeration' ? known : undefined
  const list = enumerationIn(answers, was)
  if (list !== undefined && !isDeepStrictEqual(list, was)) return list
  const isEmptied = answers.enumeration !== undefined && was !== undefined && list === undefined
  const isNamed = chosen.key !== undefined && chosen.key !== 'own'
  return isEmptied && !isNamed ? null : formatIn(known, chosen)
}
