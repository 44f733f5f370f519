import { noCounters, type Counters } from '../../../src/domain/jobs/counters.ts'
import type { ImportSpecification } from '../../../src/domain/specification/specification.ts'

/** A person as the table `person` holds it. */
export type Person = { id: number; name: string; age: number | null; note: string | null }

/** A line of the file: texts of id, name, age and note, or a line that is damaged as it stands. */
export type Line = { fields: [string, string, string, string] } | { damaged: string; code: string }

/** One of the files of an import: its lines, and how it is written. */
export type ModelFile = { lines: Line[]; delimiter: string; isReversed: boolean }

const COLUMNS = ['id', 'name', 'age', 'note']

/** What stands in a file: the line of names, and the others. */
export function writtenLines({ lines, delimiter, isReversed }: ModelFile): [string, ...string[]] {
  const inOrder = (fields: string[]) => (isReversed ? fields.toReversed() : fields).join(delimiter)
  const written = lines.map((line) =>
    'damaged' in line ? line.damaged.replaceAll(',', delimiter) : inOrder(line.fields),
  )
  return [inOrder(COLUMNS), ...written]
}

export type ModelReject = {
  record: number
  line: number
  offset: number
  code: string
  raw: string
}

export type Asked = Pick<ImportSpecification, 'operation' | 'doubles' | 'duplicates'>

export type ModelResult = { people: Person[]; rejects: ModelReject[]; counters: Counters }

/**
 * What an import of files must come to, computed one record after the other in memory, without any
 * of the program's own code: id is the key, name may not be empty, age is a whole number from 0 on.
 */
export function modelImport(
  existing: Person[],
  files: ModelFile[],
  { operation, doubles, duplicates }: Asked,
): ModelResult {
  const people = new Map(existing.map((person) => [person.id, person]))
  const seen = new Set<number>()
  const own = new Set<number>()
  const counters = noCounters()
  const rejects: ModelReject[] = []

  for (const file of files) {
    const [head, ...raws] = writtenLines(file)
    let offset = Buffer.byteLength(head) + 1
    for (const [index, line] of file.lines.entries()) {
      const raw = raws[index] ?? ''
      const place = { record: counters.processed + 1, line: index + 2, offset, raw }
      offset += Buffer.byteLength(raw) + 1
      counters.processed++
      const codes = codesOf(line)
      if (codes.length > 0 || 'damaged' in line) refuse(...codes)
      else account(line.fields, refuse)

      function refuse(...all: string[]) {
        counters.rejects++
        counters.errors += all.length
        rejects.push(...all.map((code) => ({ ...place, code })))
      }
    }
  }
  return { people: [...people.values()].sort((a, b) => a.id - b.id), rejects, counters }

  function account(fields: [string, string, string, string], refuse: (code: string) => void) {
    const [id, name, age, note] = fields
    if (id === '') return refuse('TLY-3006')
    const key = Number(id)
    const isDouble = seen.has(key)
    seen.add(key)
    if (isDouble && doubles !== 'update') {
      counters.doubles++
      if (doubles === 'reject') return refuse('TLY-3007')
      counters.ignored++
      return
    }
    const found = people.get(key)
    if (found === undefined) {
      if (operation !== 'insert' && operation !== 'insert_or_update') {
        counters.ignored++
        return
      }
      const fresh = { id: key, name, age: age === '' ? null : Number(age), note: note || null }
      const code = violation(fresh)
      if (code !== undefined) return refuse(code)
      people.set(key, fresh)
      own.add(key)
      counters.inserted++
      counters.success++
      return
    }
    if (duplicates !== 'update' && !own.has(key)) {
      counters.duplicates++
      if (duplicates === 'reject') return refuse('TLY-3008')
      counters.ignored++
      return
    }
    if (operation === 'reconcile') {
      counters.reconciled++
      counters.success++
    } else if (operation === 'delete') {
      people.delete(key)
      counters.deleted++
      counters.success++
    } else {
      const next = {
        id: key,
        name: name || found.name,
        age: age === '' ? found.age : Number(age),
        note: note || found.note,
      }
      const isSame = JSON.stringify(next) === JSON.stringify(found)
      const code = isSame ? undefined : violation(next)
      if (code !== undefined) return refuse(code)
      people.set(key, next)
      counters[isSame ? 'unchanged' : 'updated']++
      counters.success++
    }
  }

  function codesOf(line: Line): string[] {
    if ('damaged' in line) return [line.code]
    const onlyKey = operation === 'reconcile' || operation === 'delete'
    const [id, , age] = line.fields
    return [id, ...(onlyKey ? [] : [age])]
      .filter((text) => !/^-?\d*$/.test(text))
      .map(() => 'TLY-3001')
  }
}

function violation({ name, age }: Person): string | undefined {
  if (name === '') return 'TLY-3002'
  return age !== null && age < 0 ? 'TLY-3003' : undefined
}
