import { describe, expect, test } from 'vitest'
import {
  exportSpecification,
  importSpecification,
} from '../../../src/domain/specification/specification.ts'

const IMPORT = { path: '/data/a', table: 'person', operation: 'insert', duplicates: 'reject' }
const EXPORT = { path: '/data/a', table: 'person' }

describe('what is stored of a job of an older version is read', () => {
  test('as delimited text, where it names no format', () => {
    const { format: _, ...stored } = importSpecification.parse({ ...IMPORT, delimiter: ';' })
    expect(importSpecification.parse(stored)).toEqual({ ...stored, format: 'delimited' })
    expect(exportSpecification.parse(EXPORT)).toMatchObject({ format: 'delimited', delimiter: ',' })
  })

  test('without the options of another format, which all jobs had', () => {
    const source = importSpecification.parse({ ...IMPORT, format: 'delimited' })
    expect(importSpecification.parse({ ...source, format: 'json_lines' })).toEqual(
      importSpecification.parse({ ...IMPORT, format: 'json_lines' }),
    )
    const result = exportSpecification.parse({ ...EXPORT, format: 'delimited' })
    const asJson = exportSpecification.parse({ ...result, format: 'json_lines' })
    expect(asJson).toEqual(exportSpecification.parse({ ...EXPORT, format: 'json_lines' }))
    expect(asJson).not.toHaveProperty('delimiter')
  })

  test('as it says, where it leaves the format to the file', () => {
    const open = importSpecification.parse({
      ...IMPORT,
      format: null,
      delimiter: null,
      trim: false,
    })
    expect(open).toMatchObject({ format: null })
    expect(open).not.toHaveProperty('trim')
    expect(importSpecification.parse({ ...IMPORT, format: null, trim: true })).toMatchObject({
      format: 'delimited',
      trim: true,
      delimiter: null,
    })
  })
})

test('an option of another format is refused, and nothing is a part that no format has', () => {
  const withOption = { ...IMPORT, format: 'json_lines', delimiter: ';' }
  expect(importSpecification.safeParse(withOption).success).toBe(false)
  expect(importSpecification.safeParse({ ...IMPORT, colour: 'red' }).success).toBe(false)
  expect(exportSpecification.safeParse({ ...EXPORT, quote: '"' }).success).toBe(false)
})
