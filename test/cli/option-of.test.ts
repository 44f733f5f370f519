import { expect, test } from 'vitest'
import { optionOf } from '../../src/cli/options/option-of.ts'

test('a wrong part of a specification is named as a call has it', () => {
  const parts = [['path'], ['morePaths'], ['morePaths', '3'], ['maxRejects'], ['key']]
  expect(parts.map(optionOf)).toEqual(['FILE', 'FILE', 'FILE', '--max-rejects', '--key'])
})
