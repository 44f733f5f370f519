import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { DraftSource } from '../format.ts'
import type { JsonState } from './json-state.ts'

/** A source of JSON Lines whose values are texts, or null. */
export function draftJson(
  { skip, skipLast }: Pick<ImportSpecification, 'skip' | 'skipLast'>,
  header: string[],
): DraftSource & { state: JsonState } {
  return {
    state: { format: 'json_lines', encoding: 'utf-8', header, skipped: 0 },
    write(records) {
      const lines = records.map((fields) =>
        JSON.stringify(Object.fromEntries(header.map((name, at) => [name, fields[at] || null]))),
      )
      const all = [...lines, ...Array<string>(skipLast).fill('{}')]
      return Buffer.from('\n'.repeat(skip ?? 0) + all.map((line) => `${line}\n`).join(''))
    },
  }
}
