import { sql, type RawBuilder } from 'kysely'
import { unindexedText } from '../ground/planner-hints.ts'
import { fold } from '../../domain/texts/fold.ts'
import { JOB_STATUSES, JOB_TYPES, type JobStatus } from '../../domain/states/status.ts'
import type { JobFilter } from '../../domain/jobs/job-list.ts'

/** What is searched for, or undefined where nothing is. */
export function wordsOf({ text = '' }: JobFilter): string | undefined {
  const words = fold(text.trim())
  return words === '' ? undefined : words
}

export function hasDates({ from, to }: JobFilter): boolean {
  return from !== undefined || to !== undefined
}

export function hasGroup({ status, type, among }: JobFilter): boolean {
  return status !== undefined || type !== undefined || among !== undefined
}

/** Those that the filter lets through; none where it contradicts itself. */
export function statusesOf({ status, among = JOB_STATUSES }: JobFilter): JobStatus[] {
  return among.filter((each) => status === undefined || each === status)
}

type Use = 'indexed' | 'checked'

/**
 * The filter in SQL, about `job`. `checked` hides the columns from a database that would else read
 * all that is found by their index and sort it, where the order of another index is wanted.
 */
export function conditionsOf(filter: JobFilter, use: Use): RawBuilder<boolean> {
  const { type, from, to } = filter
  const words = wordsOf(filter)
  const column = (name: string) =>
    use === 'indexed' ? sql.ref(`job.${name}`) : unindexedText(sql.ref(`job.${name}`))
  const dated = column('dated_at')
  const conditions: RawBuilder<boolean>[] = []
  if (hasGroup(filter)) {
    const statuses = statusesOf(filter)
    conditions.push(
      sql`${column('type')} in (${sql.join(type === undefined ? JOB_TYPES : [type])})`,
      statuses.length === 0 ? sql`1 = 0` : sql`${column('status')} in (${sql.join(statuses)})`,
    )
  }
  if (filter.withRejects === true) conditions.push(rejectsCondition(use))
  if (from !== undefined) conditions.push(sql`${dated} >= ${from.toISOString()}`)
  if (to !== undefined) conditions.push(sql`${dated} < ${to.toISOString()}`)
  if (words !== undefined) conditions.push(matching(words))
  return allOf(conditions)
}

/** As a sum it has an index of its own, in the order of the ids. */
export function rejectsCondition(use: Use): RawBuilder<boolean> {
  return use === 'indexed' ? sql`job.rejects > 0` : sql`(job.rejects + 0) > 0`
}

export function allOf(conditions: RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql`1 = 1` : sql`${sql.join(conditions, sql` and `)}`
}

/** The number that the words are, if they are one. */
export function numberOf(words: string): number | undefined {
  return /^\d{1,9}$/.test(words) ? Number(words) : undefined
}

function matching(words: string): RawBuilder<boolean> {
  const pattern = `%${words.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
  const id = numberOf(words)
  const isLike = sql<boolean>`job.search_text like ${pattern} escape '\\'`
  return id === undefined ? isLike : sql`(${isLike} or job.id = ${id})`
}
