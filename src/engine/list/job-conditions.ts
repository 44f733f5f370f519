import { sql, type RawBuilder } from 'kysely'
import { NO_HINTS, type PlannerHints } from '../../db/planner-hints.ts'
import { fold } from '../../domain/texts/fold.ts'
import { JOB_STATUSES, JOB_TYPES, type JobStatus } from '../../domain/states/status.ts'
import type { JobFilter } from '../../domain/jobs/job-list.ts'

/** The search text, trimmed and folded; undefined where it is empty. */
export function searchedWords({ text = '' }: JobFilter): string | undefined {
  const words = fold(text.trim())
  return words === '' ? undefined : words
}

export function hasDates({ from, to }: JobFilter): boolean {
  return from !== undefined || to !== undefined
}

export function hasGroup({ status, type, among }: JobFilter): boolean {
  return status !== undefined || type !== undefined || among !== undefined
}

/** The statuses that the filter allows; none where `status` and `among` contradict each other. */
export function statusesOf({ status, among = JOB_STATUSES }: JobFilter): JobStatus[] {
  return among.filter((each) => status === undefined || each === status)
}

/**
 * The filter as an SQL condition on `job`. Hints make it a residual filter: they hide the columns
 * from the planner, which would otherwise scan their index and sort all that it finds.
 */
export function conditionsOf(filter: JobFilter, hints = NO_HINTS): RawBuilder<boolean> {
  const { type, from, to, template } = filter
  const words = searchedWords(filter)
  const column = (name: string) => hints.unindexedText(sql.ref(`job.${name}`))
  const dated = column('dated_at')
  const conditions: RawBuilder<boolean>[] = []
  if (hasGroup(filter)) {
    const statuses = statusesOf(filter)
    conditions.push(
      sql`${column('type')} in (${sql.join(type === undefined ? JOB_TYPES : [type])})`,
      statuses.length === 0 ? sql`1 = 0` : sql`${column('status')} in (${sql.join(statuses)})`,
    )
  }
  if (template !== undefined) conditions.push(sql`${column('template')} = ${template}`)
  if (filter.withRejects === true) conditions.push(rejectsCondition(hints))
  if (from !== undefined) conditions.push(sql`${dated} >= ${from.toISOString()}`)
  if (to !== undefined) conditions.push(sql`${dated} < ${to.toISOString()}`)
  if (words !== undefined) conditions.push(matching(words, column('search_text')))
  return allOf(conditions)
}

/** The hidden column has an index of its own, in the order of the ids. */
export function rejectsCondition(hints: PlannerHints): RawBuilder<boolean> {
  return sql`${hints.unindexedNumber(sql`job.rejects`)} > 0`
}

/** The jobs of `openRejectsOf`; they have an index of their own, in the order of the ids. */
export const HAS_OPEN_REJECTS = sql<boolean>`(job.rejects - job.repaired - job.set_aside) > 0
  and job.repair_of is null and job.dry_run = 0`

export function allOf(conditions: RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql`1 = 1` : sql`${sql.join(conditions, sql` and `)}`
}

/** The job id that the search text may be: 1 to 9 digits; undefined for any other text. */
export function numberOf(words: string): number | undefined {
  return /^\d{1,9}$/.test(words) ? Number(words) : undefined
}

function matching(words: string, searched: RawBuilder<unknown>): RawBuilder<boolean> {
  const pattern = `%${words.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
  const id = numberOf(words)
  const isLike = sql<boolean>`${searched} like ${pattern} escape '\\'`
  return id === undefined ? isLike : sql`(${isLike} or job.id = ${id})`
}
