import { describe, expect, test } from 'vitest'
import type { MessageCode } from '../../../../src/domain/words/messages.ts'
import { openRecord } from '../../../../src/pipeline/formats/delimited/inspection/opened-record.ts'
import { glanceAt } from '../../../../src/pipeline/formats/inspection/glance.ts'

const COLUMNS = ['id', 'mail', 'name'].map((name) => ({ name, field: name.toUpperCase() }))
const KEYS = { key: ['ID'], secondKey: [] }
const DIALECT = { encoding: 'utf-8', delimiter: ',' } as const

function glance(raw: string, code: MessageCode, field: string | null = null, more = {}) {
  const origin = { columns: COLUMNS, dialect: DIALECT }
  return glanceAt(openRecord(Buffer.from(raw), origin), { code, field }, { ...KEYS, ...more })
}

const text = (...pieces: string[]) => ({ pieces, leftOut: 0 })

describe('of a rejected record a list shows its key and the value at fault:', () => {
  test('the value of the field that a message names', () => {
    expect(glance('7,a@b,"Ann, B"', 'TLY-3001', 'NAME')).toEqual({
      key: [text('7')],
      value: text('Ann, B'),
    })
  })

  test('the damaged field, and as much of the key as was read before it', () => {
    expect(glance('7,"a"b,Ann', 'TLY-2002')).toEqual({ key: [text('7')], value: text('"a"b') })
    expect(glance('"7"x,a,Ann', 'TLY-2002', null, { key: ['NAME'] }).key).toEqual(['unread'])
  })

  test('what is too much in a record, and that something is wanting', () => {
    expect(glance('7,a,Ann,x', 'TLY-2003').value).toEqual(text('x'))
    expect(glance('7,a', 'TLY-2003').value).toBe('missing')
  })

  test('all fields of a key, and the second key where the first is empty', () => {
    const second = { secondKey: ['MAIL', 'NAME'] }
    expect(glance(',a@b,Ann', 'TLY-3006', null, second)).toEqual({
      key: [text('a@b'), text('Ann')],
      value: undefined,
    })
    expect(glance('7,a@b,Ann', 'TLY-3007', null, second).key).toEqual([text('7')])
  })

  test('the beginning of a long value, and how much follows', () => {
    const { value } = glance(`7,a,${'é'.repeat(1_000)}`, 'TLY-3010', 'NAME')
    expect(value).toEqual({ pieces: ['é'.repeat(40)], leftOut: 1_920 })
  })

  test('that the value stands behind what is at hand', () => {
    const origin = { columns: COLUMNS, dialect: DIALECT, rest: 900 }
    const blame = { code: 'TLY-3001', field: 'NAME' } as const
    expect(glanceAt(openRecord(Buffer.from('7,a@b,An'), origin), blame, KEYS).value).toBe('beyond')
  })
})
