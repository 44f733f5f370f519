import { sql } from 'kysely'
import type { Trx } from '../db/store.ts'
import type { Job } from '../domain/job.ts'
import type { Problem } from '../domain/problems.ts'
import { walkRejects, WHOLE, type RejectPosition } from './walk-rejects.ts'

/** A job of which more is wrong needs no longer list. */
const MOST_PROBLEMS = 100
/** The bytes of a record may be a megabyte. */
const RECORDS_A_PAGE = 20

type Doubt = { record: number; part: string }

/**
 * Rejects that do not agree with their code, their kind or their neighbours in the source. They are
 * walked in the database and not loaded, however many there are.
 */
export async function verifyRejects(trx: Trx, job: Job): Promise<Problem[]> {
  const doubts = [...(await outOfOrder(trx, job)), ...(await withoutNul(trx, job))]
  return doubts.map((doubt) => ({ problem: 'reject_off', ...doubt }))
}

/** A record that lies behind another begins behind its bytes. */
async function outOfOrder(trx: Trx, { id, checkpoint }: Job): Promise<Doubt[]> {
  const end = checkpoint?.offset ?? 0
  const { rows } = await sql<Doubt>`
    select record, part from (
      select record, seq, case
        when connector <> case when code like 'TLY-2%' then 'text'
                               when code like 'TLY-3%' then 'database' else '' end
          then 'connector'
        when is_of_kind = 0 then 'kind'
        when seq <> case when record = record_before then seq_before + 1 else 0 end then 'seq'
        when line < line_before or (record = record_before and line <> line_before) then 'line'
        when "offset" < offset_before or "offset" > ${end}
          or (record = record_before and "offset" <> offset_before)
          then 'offset'
        when record > record_before and "offset" < offset_before + bytes_before then 'raw'
      end as part
      from (${inOrder(id)}) as walked
    ) as looked where part is not null limit ${MOST_PROBLEMS}`.execute(trx)
  return rows
}

function inOrder(id: number) {
  return sql`
    select reject.record, reject.seq, reject.line, reject."offset", reject.connector, reject.code,
           case when kind.kind is null then 0 else 1 end as is_of_kind,
           lag(reject.record) over place as record_before, lag(reject.seq) over place as seq_before,
           lag(reject.line) over place as line_before,
           lag(reject."offset") over place as offset_before,
           lag(length(reject.raw)) over place as bytes_before
    from tallyman_reject as reject
    left join tallyman_reject_kind as kind
      on kind.job_id = reject.job_id and kind.kind = reject.kind and kind.type = reject.type
        and kind.code = reject.code and kind.field is not distinct from reject.field
    where reject.job_id = ${id}
    window place as (order by reject.record, reject.seq)`
}

/** What is told to have a NUL byte has one. */
async function withoutNul(trx: Trx, { id }: Job): Promise<Doubt[]> {
  const doubts: Doubt[] = []
  let after: RejectPosition | undefined
  for (;;) {
    const walk = { after, limit: RECORDS_A_PAGE }
    const page = await walkRejects(WHOLE, trx, id, { code: 'TLY-2007' }, walk)
    const wrong = page.filter(({ raw }) => !raw.includes(0))
    doubts.push(...wrong.map(({ record }) => ({ record, part: 'raw' })))
    after = page.at(-1)
    if (page.length < RECORDS_A_PAGE || doubts.length >= MOST_PROBLEMS) return doubts
  }
}
