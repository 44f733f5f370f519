import type { JournalEntry } from '../../domain/jobs/journal.ts'
import type { Problem } from '../../domain/words/problems.ts'

type Part = string | number | null

/** Reports the columns of a row that differ from what is stored elsewhere about the job. */
export function* differing<Row extends object>(
  row: Row,
  should: Partial<Record<keyof Row & string, Part>>,
): Generator<Problem> {
  const stored = new Map<string, unknown>(Object.entries(row))
  for (const [part, value] of Object.entries<Part | undefined>(should)) {
    const is = stored.get(part)
    if (is !== value) yield { problem: 'part_off', part, is: shown(is), should: shown(value) }
  }
}

export function later(one: string, other: string | null): string {
  return other !== null && other > one ? other : one
}

/** Whether an entry begins what is told of a further file of an import. */
export function isFurther(entry: JournalEntry | undefined): boolean {
  return entry?.code === 'TLY-1145' && entry.params['number'] !== 1
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '–'
}
