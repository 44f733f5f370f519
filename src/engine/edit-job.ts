import type { Db, Trx } from '../db/store.ts'
import { InvalidInputError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import type { Message } from '../domain/messages.ts'
import { inTransaction } from './in-transaction.ts'
import { keysOf } from './job-keys.ts'
import { toJob } from './job-row.ts'
import { writeJournal } from './journal.ts'
import { touchJob } from './touch-job.ts'

/** Characters. */
const LIMITS = [
  ['label', 200],
  ['description', 2_000],
] as const

type Texts = { label: string; description: string }

/**
 * Gives a job, in whatever status, another label and description; the journal tells what changed.
 * @throws NotFoundError
 * @throws InvalidInputError for a label of none or too many characters, or too long a description
 */
export async function editJob(
  db: Db | Trx,
  id: number,
  given: Texts,
  act: { now: Date; actor: string },
): Promise<Job> {
  const texts = checked(given)
  return inTransaction(db, async (trx) => {
    const old = await touchJob(trx, id, 'edit')
    const row = await trx
      .updateTable('tallyman_job')
      .set({ ...texts, ...keysOf({ ...old, ...texts }) })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await writeJournal(trx, id, changesOf(old, texts), act)
    return toJob(row)
  })
}

function checked({ label, description }: Texts): Texts {
  const texts = { label: label.trim(), description: description.trim() }
  if (texts.label === '') throw new InvalidInputError({ problem: 'empty_part' }, { at: ['label'] })
  for (const [part, limit] of LIMITS) {
    if (lengthOf(texts[part]) <= limit) continue
    throw new InvalidInputError({ problem: 'too_long', limit }, { at: [part] })
  }
  return texts
}

function lengthOf(text: string): number {
  return [...text].length
}

function changesOf(old: Texts, { label, description }: Texts): Message[] {
  const changes: Message[] = []
  if (label !== old.label) {
    changes.push({ code: 'TLY-1019', params: { from: old.label, to: label } })
  }
  if (description !== old.description) changes.push({ code: 'TLY-1021', params: {} })
  return changes
}
