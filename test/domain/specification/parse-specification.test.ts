import { expect, test } from 'vitest'
import { InvalidInputError } from '../../../src/domain/words/errors.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../../src/domain/specification/parse-specification.ts'

const FILE = { path: '/data/people.csv', table: 'person' }

test('the operation follows from the key, and what happens to duplicates from the operation', () => {
  expect(parseImportSpecification(FILE)).toMatchObject({
    operation: 'insert',
    duplicates: 'reject',
  })
  expect(parseImportSpecification({ ...FILE, key: ['id'] })).toMatchObject({
    operation: 'insert_or_update',
    duplicates: 'update',
    doubles: 'update',
    stopIfAllRejected: true,
  })
  expect(parseImportSpecification({ ...FILE, key: ['id'], operation: 'insert' }).duplicates).toBe(
    'reject',
  )
})

test('the name of a result file asks for tabs and gzip, and what was said goes before that', () => {
  const given = { table: 'person', path: '/data/people.TSV.gz' }
  expect(parseExportSpecification(given)).toMatchObject({ delimiter: '\t', gzip: true })
  expect(parseExportSpecification({ ...given, delimiter: ';', gzip: false })).toMatchObject({
    delimiter: ';',
    gzip: false,
  })
  expect(parseExportSpecification({ ...given, path: '/data/people.csv' })).toMatchObject({
    delimiter: ',',
    gzip: false,
  })
})

test('an escape that is the quote is a quote that is doubled', () => {
  expect(parseImportSpecification({ ...FILE, quote: "'", escape: "'" })).toMatchObject({
    quote: "'",
  })
})

const WRONG = [
  [{ operation: 'update' }, { problem: 'no_key', operation: 'update' }, ['key']],
  [{ secondKey: ['id'] }, { problem: 'second_key_alone' }, ['key']],
  [{ key: ['id', 'id'] }, { problem: 'field_twice' }, ['key']],
  [{ key: [''] }, { problem: 'empty_part' }, ['key', '0']],
  [{ headerLines: 2, header: false }, { problem: 'header_twice' }, ['headerLines']],
  [{ headerLines: 1, columns: ['a'] }, { problem: 'header_twice' }, ['headerLines']],
  [{ skip: 'two' }, { problem: 'no_amount' }, ['skip']],
  [{ nulls: [''] }, { problem: 'empty_part' }, ['nulls', '0']],
  [{ table: '' }, { problem: 'empty_part' }, ['table']],
  [{ table: 'x'.repeat(201) }, { problem: 'too_long', limit: 200 }, ['table']],
  [{ table: 'Tallyman_job' }, { problem: 'reserved_name' }, ['table']],
  [{ delimiter: '"' }, { problem: 'no_separator' }, ['delimiter']],
  [{ delimiter: '\n' }, { problem: 'no_separator' }, ['delimiter']],
  [{ delimiter: '' }, { problem: 'no_separator' }, ['delimiter']],
  [{ quote: '""' }, { problem: 'not_one_character' }, ['quote']],
  [{ escape: '\n' }, { problem: 'not_one_character' }, ['escape']],
  [{ recordEnd: '' }, { problem: 'no_record_end' }, ['recordEnd']],
  [{ delimiter: ';', comment: ';' }, { problem: 'same_character', text: ';' }, ['comment']],
  [
    { missingColumns: 'keep' },
    { problem: 'no_choice', choices: 'reject, empty' },
    ['missingColumns'],
  ],
  [{ doubles: 'keep' }, { problem: 'no_choice', choices: 'update, ignore, reject' }, ['doubles']],
  [{ maxRejects: 'many' }, { problem: 'no_amount' }, ['maxRejects']],
  [{ maxRejects: -1 }, { problem: 'amount_too_small', least: 0 }, ['maxRejects']],
  [{ maxRejects: 1.5 }, { problem: 'no_amount' }, ['maxRejects']],
  [
    { fields: { name: { onError: 'cry' } } },
    { problem: 'no_choice', choices: 'warn, reject, stop' },
    ['fields', 'name', 'onError'],
  ],
  [{ header: 'no' }, { problem: 'no_flag' }, ['header']],
  [{ format: 'xml' }, { problem: 'no_choice', choices: 'delimited, json_lines' }, ['format']],
  [
    { format: 'json_lines', multiline: false },
    { problem: 'not_for_format', option: '--no-multiline', format: 'json_lines' },
    undefined,
  ],
] as const

test.for(WRONG)('%j is refused with a problem that says where', ([given, problem, at]) => {
  const specify = () => parseImportSpecification({ ...FILE, ...given })
  expect(specify).toThrow(InvalidInputError)
  expect(specify).toThrow(expect.objectContaining({ problem, at }))
})
