import { expect, test } from 'vitest'
import { optionOf } from '../../src/cli/options/option-of.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../src/domain/specification/parse-specification.ts'
import { tallyman } from '../support/programs/in-process.ts'
import { tmpDir } from '../support/tmp.ts'

test('a wrong part of a specification is named as a call has it', () => {
  const parts = [['path'], ['morePaths'], ['morePaths', '3'], ['maxRejects'], ['key']]
  expect(parts.map(optionOf)).toEqual(['FILE', 'FILE', 'FILE', '--max-rejects', '--key'])
})

test('of a field, what no option says is named by its place in the specification', () => {
  const parts = [['onError'], ['onlyIfEmpty'], ['from'], ['checks', '1'], []]
  expect(parts.map((part) => optionOf(['fields', 'name', ...part]))).toEqual([
    '--on-error name',
    '--only-if-empty name',
    'fields.name.from',
    'fields.name.checks.1',
    undefined,
  ])
})

test.each([
  ['import', parseImportSpecification({ path: 'a.csv', table: 't' })],
  ['export', parseExportSpecification({ path: 'a.csv', table: 't' })],
])('%s names no option that it has not', async (command, specification) => {
  const { out } = await tallyman(tmpDir(), [command, '--help'])
  const options: string[] = [...(out.match(/--[a-z-]+/g) ?? [])]
  const named = Object.keys(specification).map((part) => optionOf([part]) ?? '')
  expect(named.filter((one) => one.startsWith('--') && !options.includes(one))).toEqual([])
})

test('what a specification alone says is named by its place there', () => {
  const parts = [['mostRows'], ['filter', 'of', '0'], ['sensitiveColumns'], ['header']]
  expect(parts.map(optionOf)).toEqual(['mostRows', 'filter.of.0', '--sensitive', '--no-header'])
})
