import { USUAL_READING, USUAL_WRITING } from './delimited/delimited-options.ts'
import { FORMAT_NAMES, type FormatName } from './formats.ts'

type Options = Readonly<Record<string, unknown>>
/** The options that a format has and no other, with their defaults; formats without any are left out. */
export type OwnOptions = Partial<Record<FormatName, Options>>

export const OWN_READING: OwnOptions = { delimited: USUAL_READING }
export const OWN_WRITING: OwnOptions = { delimited: USUAL_WRITING }

/**
 * The options without those of other formats that have their defaults: what is stored of a job has
 * all options in older versions, and a form that is sent again with another format has those of the
 * one before.
 */
export function withoutForeign(
  given: Options,
  format: unknown,
  own: OwnOptions,
): Record<string, unknown> {
  const usual = new Map(foreign(format, own))
  const isLeft = ([name, value]: [string, unknown]) => !usual.has(name) || usual.get(name) !== value
  return Object.fromEntries(Object.entries(given).filter(isLeft))
}

/** The names of the options in `given` that only another format has. */
export function foreignOptions(given: Options, format: unknown, own: OwnOptions): string[] {
  const names = foreign(format, own).map(([name]) => name)
  return Object.keys(withoutForeign(given, format, own)).filter((name) => names.includes(name))
}

/** The only format that has an option of `given` which differs from its default. */
export function impliedFormat(given: Options, own: OwnOptions): FormatName | undefined {
  return FORMAT_NAMES.find((format) =>
    Object.entries(own[format] ?? {}).some(
      ([name, usual]) => given[name] !== undefined && given[name] !== usual,
    ),
  )
}

function foreign(format: unknown, own: OwnOptions): [string, unknown][] {
  const others = FORMAT_NAMES.filter((name) => name !== format)
  return others.flatMap((name) => Object.entries(own[name] ?? {}))
}
