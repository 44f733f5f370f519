import { describe, expect, test } from 'vitest'
import { checkTexts } from '../../../src/domain/jobs/job-texts.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../../src/domain/specification/parse-specification.ts'

const NUL = expect.objectContaining({ problem: { problem: 'nul_in_text' } })

describe('U+0000, which not every database stores, is refused', () => {
  test.each(['label', 'description'])('in the %s of a job', (part) => {
    const texts = { label: 'People', description: '' }
    expect(() => checkTexts({ ...texts, [part]: 'a\0b' })).toThrow(
      expect.objectContaining({ problem: { problem: 'nul_in_text' }, at: [part] }),
    )
    expect(checkTexts(texts)).toEqual(texts)
  })

  test.each(['table', 'path'])('in the %s of an import and of an export', (part) => {
    const given = { table: 'person', path: '/people.csv', [part]: '/a\0b' }
    expect(() => parseImportSpecification(given)).toThrow(NUL)
    expect(() => parseExportSpecification(given)).toThrow(NUL)
  })
})

test('a label is taken without the blanks around it, and must not be one', () => {
  expect(checkTexts({ label: ' People ', description: ' d\n' })).toEqual({
    label: 'People',
    description: 'd',
  })
  expect(() => checkTexts({ label: ' ', description: '' })).toThrow(
    expect.objectContaining({ problem: { problem: 'empty_part' }, at: ['label'] }),
  )
})
