import { expect, test } from 'vitest'
import type { Reject } from '../../../src/domain/records/reject.ts'
import { importState } from '../../../src/pipeline/import/opening/resume-state.ts'
import { rejectsSheet } from '../../../src/pipeline/rejects/rejects-sheet.ts'
import { aReject } from '../../support/jobs/a-batch.ts'

const COLUMNS = ['id', 'name', 'note'].map((name) => ({ name, field: name }))
const MEMO = importState.parse({
  source: { size: 1, mtimeMs: 1, ctimeMs: 1, ino: 1, gzip: false },
  sha256: null,
  encoding: 'utf-8',
  delimiter: ',',
  header: ['id', 'name', 'note'],
  fields: [],
})

async function sheetOf(rejects: Reject[], delimiter = ','): Promise<string> {
  const pieces: Buffer[] = []
  const sheet = rejectsSheet({
    columns: COLUMNS,
    memo: MEMO,
    rejects: (async function* () {
      yield* rejects
    })(),
    text: ({ code }) => `why ${code}`,
    separator: delimiter,
  })
  for await (const piece of sheet) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

/** What stands in a row behind the reasons. */
async function cellsOf(raw: string | Buffer, more: Partial<Reject> = {}): Promise<string> {
  const sheet = await sheetOf([aReject({ record: 1, raw: Buffer.from(raw), ...more })])
  return sheet.split('\r\n')[1]?.replace(/^.*?why TLY-\d+,/, '') ?? ''
}

test('a file of rejects for a spreadsheet begins with a mark, and each row with its reason', async () => {
  const raw = Buffer.from('7,Ann,x')
  const sheet = await sheetOf([aReject({ record: 4, line: 5, code: 'TLY-3001', field: 'id', raw })])
  expect(sheet).toBe(
    '\ufeffreject_line,reject_record,reject_connector,reject_field,reject_code,reject_message,id,name,note,reject_raw\r\n' +
      '5,4,text,id,TLY-3001,why TLY-3001,7,Ann,x,"7,Ann,x"\r\n',
  )
})

test('has a record once, whatever number of messages there are about it', async () => {
  const sheet = await sheetOf([
    aReject({ record: 1, code: 'TLY-3001' }),
    aReject({ record: 1, code: 'TLY-3002' }),
    aReject({ record: 2, code: 'TLY-3002' }),
  ])
  expect([...sheet.matchAll(/why (TLY-\d+)/g)].map(([, code]) => code)).toEqual([
    'TLY-3001',
    'TLY-3002',
  ])
})

test.each([
  ['that is too short', '7', '7,,,7'],
  ['that is too long', '7,Ann,x,y,z', '7,Ann,x,"7,Ann,x,y,z"'],
  ['whose quotes are damaged', '7,"A"n,x', '7,"""A""n",,"7,""A""n,x"'],
  ['with quotes and a line end within', '7,"A\nB",x', '7,"A\nB",x,"7,""A\nB"",x"'],
])('has as many cells as any other for a record %s', async (_name, raw, cells) => {
  expect(await cellsOf(raw)).toBe(cells)
})

test('runs nothing, and leaves numbers alone', async () => {
  expect(await cellsOf('-1,=1+1,@x')).toBe(`-1,'=1+1,'@x,"'-1,=1+1,@x"`)
})

test('hides no byte that is no text', async () => {
  expect(await cellsOf(Buffer.from('7,Jos\xe9,a\0b', 'latin1'))).toBe(
    '7,Jos⟨E9⟩,a⟨NUL⟩b,"7,Jos⟨E9⟩,a⟨NUL⟩b"',
  )
})

test('breaks no cell that is longer than a spreadsheet takes', async () => {
  const [, name = ''] = (await cellsOf(`7,${'x'.repeat(40_000)},n`)).split(',')
  expect(name).toHaveLength(32_000)
  expect(name.endsWith('…')).toBe(true)
})
