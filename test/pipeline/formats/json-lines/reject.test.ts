import { describe, expect, test } from 'vitest'
import type { Reject } from '../../../../src/domain/records/reject.ts'
import { glanceAt } from '../../../../src/pipeline/formats/inspection/glance.ts'
import { inspectRecord } from '../../../../src/pipeline/formats/inspection/inspect-record.ts'
import { openJsonRecord } from '../../../../src/pipeline/formats/json-lines/json-record.ts'
import { aReject } from '../../../support/jobs/a-batch.ts'

const HEADER = ['id', 'name', 'note']
const COLUMNS = HEADER.map((name) => ({ name, field: name.toUpperCase() }))

function opened(raw: string | Buffer, rest = 0) {
  return openJsonRecord(Buffer.from(raw), { header: HEADER, columns: COLUMNS, rest })
}

/** What is marked in the line, and at which column it is said. */
function marked(raw: string | Buffer, message: Partial<Reject>, rest = 0) {
  const { passage, columns } = inspectRecord(opened(raw, rest), [aReject(message)])
  const marks = passage.flatMap((one) => ('pieces' in one && one.isMarked ? [one.pieces] : []))
  return { marks, column: columns.find(({ messages }) => messages.length > 0)?.number }
}

describe('of a rejected line of JSON', () => {
  test('the value is marked that a message speaks of, by the field that it fills', () => {
    const line = '{"name":"Añn","id": "x1"}'
    expect(marked(line, { code: 'TLY-3001', field: 'ID' })).toEqual({
      marks: [['"x1"']],
      column: 1,
    })
    expect(marked(line, { code: 'TLY-3010', field: 'NAME' })).toEqual({
      marks: [['"Añn"']],
      column: 2,
    })
  })

  test.each([
    ['TLY-2030', '{"id":1,"name":Ann}', ['A'], 2],
    ['TLY-2030', '{"id":1,"name":"ñ",}', ['}'], undefined],
    ['TLY-2030', '{"id":1', [], undefined],
    ['TLY-2031', '[1]', ['[1]'], undefined],
    ['TLY-2032', '{"id":1,"note":2,"id" : 3}', ['"id" : 3'], 1],
    ['TLY-2033', '{"id":1,"name":"\\ud800x"}', ['"name":"\\ud800x"'], 2],
    ['TLY-2034', '{"id":1,"note":"\\u0000"}', ['"note":"\\u0000"'], 3],
  ] as const)('%s marks its place in %s', (code, line, mark, column) => {
    expect(marked(line, { code })).toEqual({ marks: [mark], column })
  })

  test('bytes that are no text are marked, at the column that they are in', () => {
    const raw = Buffer.concat([
      Buffer.from('{"id":1,"name":"a'),
      Buffer.of(0xff),
      Buffer.from('"}'),
    ])
    expect(marked(raw, { code: 'TLY-2005' })).toEqual({ marks: [[0xff]], column: 2 })
  })

  test('values are shown as texts, as far as they can be read', () => {
    const values = (raw: string, rest = 0) =>
      inspectRecord(opened(raw, rest), []).columns.map(({ value }) => value)
    const text = (...pieces: string[]) => ({ pieces, leftOut: 0 })
    expect(values('{"name":"\\u00f1\\"","note":[1.10, {}]}')).toEqual([
      'missing',
      text('ñ"'),
      text('[1.10, {}]'),
    ])
    expect(values('{"id":null,"name":"","note')).toEqual([text('null'), text(), 'unread'])
    expect(values('{"id":1,"name":"An', 100)).toEqual([text('1'), 'beyond', 'beyond'])
  })

  test('a list shows its key and the value at fault', () => {
    const record = opened('{"note":"x","id":7,"name":"Bob"}')
    const blame = { code: 'TLY-3001', field: 'NOTE' } as const
    expect(glanceAt(record, blame, { key: ['ID'], secondKey: [] })).toEqual({
      key: [{ pieces: ['7'], leftOut: 0 }],
      value: { pieces: ['x'], leftOut: 0 },
    })
  })
})
