import { flagOf } from '../../domain/specification/flag-of.ts'

/** The arguments for parts of a specification that are no options. */
const ARGUMENTS: Record<string, string> = {
  table: 'TABLE',
  path: 'FILE',
  morePaths: 'FILE',
  beneath: 'FILE',
  moreBeneath: 'FILE',
  spooled: 'FILE',
  place: 'FILE',
  name: 'NAME',
}

/** What an option says of a field; the rest of it stands in specifications alone. */
const OPTIONS_OF_A_FIELD = ['onError', 'emptyOverwrites', 'onlyIfEmpty', 'onlyOnInsert']

/** Parts that specifications alone say. */
const NO_OPTIONS = [
  'type',
  'types',
  'leaveOut',
  'filter',
  'firstRecord',
  'lastRecord',
  'fields',
  'names',
  'order',
  'mostRows',
]

/**
 * What a call names a wrong part of the specification: its option, with the field if it has one, or
 * the place of the part where no option says it. Undefined where the sentence says all.
 */
export function optionOf(at: readonly string[] | undefined): string | undefined {
  const [name, inner, part] = at ?? []
  if (at === undefined || name === undefined) return undefined
  if (name === 'fields' && inner !== undefined) {
    if (part === undefined) return undefined
    return OPTIONS_OF_A_FIELD.includes(part) ? `${flagOf(part)} ${inner}` : at.join('.')
  }
  if (NO_OPTIONS.includes(name)) return at.join('.')
  const option = ARGUMENTS[name] ?? flagOf(name)
  return inner === undefined || /^\d+$/.test(inner) ? option : `${option} ${inner}`
}
