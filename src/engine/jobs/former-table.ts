import { z } from 'zod'
import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Message, MessageParams } from '../../domain/words/messages.ts'
import { LONGEST_PARAMETER, toParams } from '../ground/job-row.ts'

/** What is said of a table and its fields, and means nothing for another table. */
const SAID = [
  'create',
  'key',
  'secondKey',
  'operation',
  'duplicates',
  'map',
  'leaveOut',
  'types',
  'columns',
  'fields',
  'names',
  'filter',
  'order',
  'mostRows',
  'differential',
]

/** `columns` are those of the file in an import, which stay. */
const OF_FILE = ['columns', 'filter']

/** A table that a job had before: its template then, and what was said of its fields. */
type FormerTable = { template: string | null; said: Record<string, unknown> }

const parts = z.record(z.string(), z.unknown())

/** That a job has another table, with what is needed to take the one before again. */
export function leftTable(old: Job, now: Pick<Job, 'target_table'>): Message {
  const said = Object.entries(old.specification).filter(
    ([part]) => SAID.includes(part) && !(old.type === 'import' && OF_FILE.includes(part)),
  )
  const params = {
    from: old.target_table,
    to: now.target_table,
    template: old.template ?? '',
    ...inPieces(JSON.stringify(Object.fromEntries(said))),
  }
  return { code: 'TLY-1050', params }
}

/** What a job said of a table when it had it last; undefined for one that it did not have. */
export async function formerTable(
  db: Db | Trx,
  { id }: Pick<Job, 'id'>,
  table: string,
): Promise<FormerTable | undefined> {
  const rows = await db
    .selectFrom('tallyman_journal')
    .select('params')
    .where('job_id', '=', id)
    .where('code', '=', 'TLY-1050')
    .orderBy('id', 'desc')
    .execute()
  const { keptName, tableKey } = kindOf(db)
  const asked = tableKey(await keptName(db, table))
  for (const row of rows) {
    const params = toParams(row.params)
    const { from, template } = params
    if (tableKey(String(from)) !== asked) continue
    const found = saidIn(joined(params))
    // Older entries have no more of a very long text than its beginning.
    return found && { template: template === '' ? null : String(template), said: found }
  }
  return undefined
}

/** The journal shortens long texts: one of many fields is stored in several. */
function inPieces(text: string): MessageParams {
  const count = Math.ceil(text.length / LONGEST_PARAMETER)
  const pieces = Array.from({ length: count }, (_, at) => {
    const piece = text.slice(at * LONGEST_PARAMETER, (at + 1) * LONGEST_PARAMETER)
    return [nameOfPiece(at), piece] as const
  })
  return Object.fromEntries(pieces)
}

/** The inverse. */
function joined(params: MessageParams): string {
  const pieces: string[] = []
  for (let at = 0; params[nameOfPiece(at)] !== undefined; at++) {
    pieces.push(String(params[nameOfPiece(at)]))
  }
  return pieces.join('')
}

function nameOfPiece(at: number): string {
  return at === 0 ? 'said' : `said_${at + 1}`
}

function saidIn(text: string): Record<string, unknown> | undefined {
  try {
    return parts.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
