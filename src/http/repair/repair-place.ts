import { RULE_KINDS, type RepairPlace, type TypedRule } from '../../../views/repair/repair-url.ts'
import { FORMAT_KEYS, namedFormat } from '../../domain/specification/fields/named-formats.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { ShownPart } from '../../engine/repair/open-rejects.ts'
import { readRejectFilter } from '../../engine/rejects/reject-filter.ts'
import type { RepairRule } from '../../pipeline/repair/rules.ts'
import { oneOf, wholeNumber } from '../ground/params.ts'

type Texts = (name: string) => string | undefined

/**
 * The reason, the rule and the position in a query or a form; undefined without a reason.
 * @throws InvalidInputError for an unknown code or rule
 */
export function readRepairPlace(text: Texts): RepairPlace | undefined {
  const { code, field } = readRejectFilter({ code: text('code'), field: text('field') })
  if (code === undefined) return undefined
  return {
    code,
    field: field ?? null,
    rule: readRule(text),
    after: wholeNumber(text('after')) ?? 0,
    isAll: text('all') === 'yes',
  }
}

function readRule(text: Texts): TypedRule {
  const wanted = text('rule') ?? ''
  const rule = wanted === '' ? '' : oneOf(RULE_KINDS, wanted)
  if (rule === undefined) {
    const choices = RULE_KINDS.join(', ')
    throw new InvalidInputError({ problem: 'no_choice', choices }, { at: ['rule'] })
  }
  const format = oneOf(FORMAT_KEYS, text('format')) ?? ''
  const [find = '', by = '', value = ''] = ['find', 'by', 'value'].map(text)
  return { rule, format, find, by, value }
}

/**
 * Which records the figures of a page are about. What a rule makes of a reason is told of all its
 * records; without one, only those can fit by now that are corrected, or that a look at all finds.
 */
export function scopeOf(
  { rule, after, isAll = false }: RepairPlace,
  last: number | undefined,
): ShownPart | undefined {
  return ruleOf(rule) !== undefined || isAll ? undefined : { after, last: last ?? after }
}

/** The rule to apply; undefined where there is none, or nothing to look for. */
export function ruleOf({ rule, format, find, by, value }: TypedRule): RepairRule | undefined {
  switch (rule) {
    case 'format':
      return format === '' ? undefined : { kind: rule, format: namedFormat(format) }
    case 'replace':
      return find === '' ? undefined : { kind: rule, find, by }
    case 'fixed':
      return { kind: rule, value }
    case 'empty':
      return { kind: rule }
    case '':
      return undefined
  }
}
