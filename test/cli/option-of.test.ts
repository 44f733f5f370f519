import { expect, test } from 'vitest'
import { optionOf } from '../../src/cli/options/option-of.ts'

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
