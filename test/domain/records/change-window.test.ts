import { describe, expect, test } from 'vitest'
import {
  changedSince,
  millisecondsLeft,
  windowFilter,
  type ChangeMark,
} from '../../../src/domain/records/change-window.ts'

const NOON = new Date('2026-01-31T12:00:00.250Z')
const text = (value: string): ChangeMark => ({ type: 'text', text: value })
const integer = (value: number): ChangeMark => ({ type: 'integer', text: String(value) })

describe('a value that rows may still get', () => {
  test.each<[string, ChangeMark, number]>([
    ['of this second, for its rest', text('2026-01-31 12:00:00'), 750],
    ['in a zone five and a half hours ahead', text('2026-01-31T17:30:00'), 750],
    ['of the second before, not any more', text('2026-01-31 11:59:59'), 0],
    ['with parts of a second, not any more', text('2026-01-31 12:00:00.123'), 0],
    ['as seconds since 1970', integer(Date.parse('2026-01-31T12:00:00Z') / 1_000), 750],
    ['a version, not any more', integer(12), 0],
    ['a day, not to be waited for', text('2026-01-31'), 0],
  ])('is waited for: %s', (_name, mark, expected) => {
    expect(millisecondsLeft(mark, NOON)).toBe(expected)
  })
})

describe('what changed', () => {
  test.each([
    [text('2026-01-31 12:00:00'), 'more'],
    [integer(7), 'more'],
    [text('2026-01-31'), 'at_least'],
    [text('version 12'), 'at_least'],
  ])('begins behind a value that is over, and with one that is not: %o', (mark, operator) => {
    const [all] = changedSince('at', mark).of
    expect(all).toMatchObject({ kind: 'all', of: [{ field: 'at', operator }] })
  })

  test('keeps every digit of a number', () => {
    const long = { type: 'number', text: '12345678901234567.89' } as const
    const big = { type: 'integer', text: '9007199254740993' } as const
    const filter = windowFilter({ field: 'n', after: long, upTo: big })
    expect(filter.of[0]).toMatchObject({ of: [{ value: long.text }, { value: 9007199254740993n }] })
  })
})
