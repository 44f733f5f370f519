import { expect, test } from 'vitest'
import type { ImportSpecification } from '../../../../src/domain/specification/specification.ts'
import { freshStore, run, specify, written } from '../../../support/pipeline/an-import.ts'

const PERSON = `create table person
  (id integer, email text, domain text generated always as (substr(email, 3)) stored)`

/** What an import of the file into a table of three columns, one of them generated, warns of. */
async function warned(text: string, given: Partial<ImportSpecification> = {}) {
  const { store, folder } = await freshStore(PERSON)
  const path = written(folder, text)
  const { batches } = await run(store, specify({ path, operation: 'insert', ...given }))
  return batches
    .flatMap(({ journal }) => journal)
    .filter(({ code }) => code === 'TLY-1040' || code === 'TLY-1041')
}

test('a column of the file that fills nothing is warned of by its name', async () => {
  expect(await warned('id,e-mail,more\n1,a@x,y\n')).toEqual([
    { code: 'TLY-1040', params: { columns: 'e-mail, more' } },
  ])
})

test('nothing is warned of where every column fills a field, by its name or by --map', async () => {
  expect(await warned('ID,E_mail\n1,a@x\n')).toEqual([])
  expect(await warned('id,e-mail\n1,a@x\n', { map: { 'e-mail': 'email' } })).toEqual([])
})

test('what the table computes itself is not lost', async () => {
  expect(await warned('id,email,domain\n1,a@x,x\n')).toEqual([])
})

test('the reject columns of an earlier export are no loss', async () => {
  const columns = ['line', 'record', 'connector', 'field', 'code', 'message']
  const header = ['id', 'email', ...columns.map((name) => `reject_${name}`)].join(',')
  expect(await warned(`${header}\n1,a@x,2,1,text,,TLY-2002,why\n`)).toEqual([])
})

test('without a header, the columns that are more than the table has are counted', async () => {
  expect(await warned('1,a@x,y,z\n', { header: false })).toEqual([
    { code: 'TLY-1041', params: { found: 4, dropped: 2, columns: '3, 4' } },
  ])
  expect(await warned('1,a@x\n', { header: false })).toEqual([])
})
