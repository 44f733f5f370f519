import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../../src/domain/specification/parse-specification.ts'
import {
  printSpecification,
  readSpecification,
  WrongSpecificationError,
} from '../../../src/domain/specification/specification-file.ts'
import { randomExportParts, randomParts } from '../../support/pipeline/random-specification.ts'

const FILE = { path: '/data/people.csv', table: 'person' }
const IMPORT = { type: 'import', path: 'spec.json' } as const
const EXPORT = { type: 'export', path: 'spec.json' } as const

function faults(text: string): string[] {
  try {
    readSpecification(text, IMPORT)
  } catch (error) {
    if (!(error instanceof WrongSpecificationError)) throw error
    return error.faults.map(({ at, problem }) =>
      [at.join('.'), 'problem' in problem ? problem.problem : problem.code].join(' '),
    )
  }
  return []
}

test('a specification of an import that is printed and read again is the same', () => {
  fc.assert(
    fc.property(randomParts, (parts) => {
      const specification = parseImportSpecification({ ...FILE, ...parts })
      const printed = printSpecification({ type: 'import', specification })
      const read = parseImportSpecification(readSpecification(printed, IMPORT))
      expect(read).toEqual(specification)
      expect(printSpecification({ type: 'import', specification: read })).toBe(printed)
    }),
    { numRuns: 500 },
  )
})

test('a specification of an export that is printed and read again is the same', () => {
  fc.assert(
    fc.property(randomExportParts, (parts) => {
      const specification = parseExportSpecification({ ...FILE, ...parts })
      const printed = printSpecification({ type: 'export', specification })
      const read = parseExportSpecification(readSpecification(printed, EXPORT))
      expect(read).toEqual(specification)
      expect(printSpecification({ type: 'export', specification: read })).toBe(printed)
    }),
    { numRuns: 500 },
  )
})

test('a file may have some parts alone', () => {
  expect(readSpecification('{"key": ["id"]}', IMPORT)).toEqual({ key: ['id'] })
})

test('each fault is told with its place', () => {
  const text = JSON.stringify({
    type: 'import',
    tabel: 'person',
    maxRejects: 'many',
    fields: { a: { transforms: [{ kind: 'pad' }, { kind: 'shout' }] } },
  })
  expect(faults(text).toSorted()).toEqual([
    'fields.a.transforms.0.length no_amount',
    'fields.a.transforms.1.kind no_choice',
    'maxRejects no_amount',
    'tabel unknown_part',
  ])
})

test.each([
  ['', ' no_json'],
  ['{"key": [}', ' no_json'],
  ['null', ' no_specification'],
  ['["a"]', ' no_specification'],
  ['{"type": "export"}', ' specification_of_export'],
  ['{"type": "other"}', 'type no_choice'],
  ['{"id": 1, "type": "import", "status": "finished", "counters": {}}', ' job_for_specification'],
  ['{"jobs": []}', ' job_for_specification'],
  ['{"name": "a", "type": "import", "specification": {}}', ' template_for_specification'],
  ['{"templates": []}', ' template_for_specification'],
  ['{"spooled": true}', 'spooled unknown_part'],
  ['{"__proto__": {"table": "x"}}', '__proto__ unknown_part'],
  ['{"fields": {"__proto__": {"sensitive": true}}}', 'fields.__proto__ unknown_part'],
  ['{"map": {"__proto__": "a"}}', 'map.__proto__ unknown_part'],
  ['{"fields": {"constructor": {"sensitive": 1}}}', 'fields.constructor.sensitive no_flag'],
  ['{"fields": {"a": {"from": "column"}}}', 'fields.a.from no_object'],
  ['{"key": "id"}', 'key no_list'],
  ['{"encoding": 5}', 'encoding no_text'],
  [`{"filter": ${'{"kind":"all","of":['.repeat(9)}${']}'.repeat(9)}}`, 'filter too_deep'],
  [`{"filter": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'filter.0.0 too_deep'],
])('%.60s is refused', (text, fault) => {
  expect(faults(text)).toEqual([fault])
})

test('what is no JSON is told with its line', () => {
  expect(() => readSpecification('{\n  "key": [}\n}', IMPORT)).toThrow('"line":2,"column":11')
})

test('a name given twice is refused with its lines, however it is written', () => {
  const twice = (text: string, name: string, first: number, line: number) => {
    const problem = JSON.stringify({ problem: 'part_twice', name, first, line })
    expect(() => readSpecification(text, IMPORT)).toThrow(problem)
  }
  twice('{\n  "key": ["a"],\n  "trim": true,\n  "key": ["b"]\n}', 'key', 2, 4)
  twice('{"map": {"a": "x",\n"\\u0061": "y"}}', 'a', 1, 2)
  twice('{"fields": {"a": {"checks": []}, "b": {},\n\n"a": {}}}', 'a', 1, 3)
  // One name in two objects is none.
  const text = '{"fields": {"a": {"checks": []}, "b": {"checks": []}}, "map": {"a": "a", "b": "b"}}'
  expect(readSpecification(text, IMPORT)).toEqual(JSON.parse(text))
})
