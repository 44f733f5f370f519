import { z } from 'zod'
import type { Value } from './record.ts'
import type { RowFilter } from './rows-wanted.ts'

/** A value of the field that says when a row changed, as a text that keeps its type. */
const changeMark = z.strictObject({
  type: z.enum(['integer', 'number', 'text']),
  text: z.string(),
})
export type ChangeMark = z.infer<typeof changeMark>

/** The rows that a run of a differential export writes, decided when it begins. */
export const changeWindow = z.strictObject({
  field: z.string(),
  /** Up to where the last finished run came; null: there was none, all rows are wanted. */
  after: changeMark.nullable(),
  /** The greatest value when the run began; null: no row had any. */
  upTo: changeMark.nullable(),
})
export type ChangeWindow = z.infer<typeof changeWindow>

const memoOfRun = z.object({ window: changeWindow })

/** The window in what a run keeps so that it can be resumed; undefined where it has none. */
export function windowIn(memo: unknown): ChangeWindow | undefined {
  return memoOfRun.safeParse(memo).data?.window
}

/** The field that says when a row changed, and the rows that are asked for. */
export type WantedChanges = { field: string; filter: RowFilter | null }

export type LatestChange = {
  /** The greatest value that no transaction under way can still come before; null: there is none. */
  upTo: ChangeMark | null
  /** Whether there are rows with a greater one. */
  isHeldBack: boolean
  /** Whether there are transactions of which nobody here can see when they began. */
  isBlind: boolean
}

/** The rows of a window, with those that have nothing in the field. */
export function windowFilter({ field, after, upTo }: ChangeWindow): RowFilter {
  return withEmpty(field, upTo === null ? [] : [...afterMark(field, after), atMost(field, upTo)])
}

/** The rows that the next run would write, if it began now. */
export function changedSince(field: string, after: ChangeMark): RowFilter {
  return withEmpty(field, afterMark(field, after))
}

/**
 * Milliseconds until no more rows can get the value, if a clock that counts whole seconds gives it
 * just now. The clock may be in any time zone, which are a multiple of 15 minutes apart.
 */
export function millisecondsLeft({ type, text }: ChangeMark, now: Date): number {
  const seconds = type === 'text' ? secondsOf(text) : type === 'integer' ? Number(text) : undefined
  if (seconds === undefined) return 0
  const age = now.getTime() - seconds * 1_000
  const inZone = type === 'text' ? modulo(age, QUARTER_MS) : age
  return inZone >= 0 && inZone < SECOND_MS ? SECOND_MS - inZone : 0
}

const SECOND_MS = 1_000
const QUARTER_MS = 900_000
const TO_THE_SECOND = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?/

/** Of a time with parts of a second, undefined: nobody gets the same again. */
function secondsOf(text: string): number | undefined {
  const [, day, time, rest] = TO_THE_SECOND.exec(text) ?? []
  return rest === undefined && day !== undefined ? Date.parse(`${day}T${time}Z`) / 1_000 : undefined
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}

function withEmpty(field: string, of: RowFilter['of']): RowFilter {
  const empty = { kind: 'condition', field, operator: 'is_empty', value: null } as const
  return { kind: 'any', of: of.length === 0 ? [empty] : [{ kind: 'all', of }, empty] }
}

/** Of a day, or of a text that is no time, more rows can have got the same value since. */
function afterMark(field: string, after: ChangeMark | null): RowFilter['of'] {
  if (after === null) return []
  const isExact = after.type !== 'text' || TO_THE_SECOND.test(after.text)
  const operator = isExact ? 'more' : 'at_least'
  return [{ kind: 'condition', field, operator, value: valueOf(after) }]
}

function atMost(field: string, mark: ChangeMark): RowFilter['of'][number] {
  return { kind: 'condition', field, operator: 'at_most', value: valueOf(mark) }
}

/** A number that JavaScript would round stays a text, which the database reads. */
function valueOf({ type, text }: ChangeMark): Value {
  if (type === 'integer') return BigInt(text)
  return type === 'number' && String(Number(text)) === text ? Number(text) : text
}
