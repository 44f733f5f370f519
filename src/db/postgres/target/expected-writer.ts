import type { RecordOutcome, Row } from '../../../domain/records/record.ts'
import { RetryBatch } from '../../../domain/words/errors.ts'
import { copyIn } from '../ground/copy-in.ts'
import { isRefusal } from '../ground/sql-state.ts'
import { faultOf } from '../tables/usable.ts'
import { applyRows } from './apply.ts'
import { Expectation } from './expectation.ts'
import type { ExpectedChunk } from './expected-new.ts'
import { NewRows } from './new-rows.ts'
import type { WriteSession } from '../statements/session.ts'

const [BEGIN, END, UNDO] = [
  'savepoint tallyman_part; ',
  '; release savepoint tallyman_part',
  'rollback to savepoint tallyman_part; release savepoint tallyman_part',
]

/**
 * Writes records that are expected to be new without a look at the table: those of a whole batch by
 * one COPY where that went well lately, else those of a chunk.
 */
export class ExpectedWriter {
  readonly #ofBatches = new Expectation()
  readonly #ofChunks = new Expectation()
  readonly #newRows = new NewRows()
  #isWholeBatch = false

  /** Called at the start of a batch. */
  begin(): void {
    this.#isWholeBatch = this.#ofBatches.isOpen()
  }

  /** @throws RetryBatch */
  async apply(
    session: WriteSession,
    all: Row[],
    expected: ExpectedChunk,
  ): Promise<RecordOutcome[]> {
    const { rows, groups, others } = expected
    const { client, shape, plan, keys } = session
    const [group, another] = groups
    if (this.#isWholeBatch && group !== undefined && another === undefined && !keys.isNeeded) {
      // Without a key, what the others are refused for shows without the database.
      const isAlone = others.length === 0 || (plan.key.length === 0 && !takesLess(session))
      if (isAlone) {
        await this.#telling(this.#newRows.add(client, shape, group))
        return await withOthers(session, all, others)
      }
    }
    await this.settle()
    const isWorth =
      rows.length > 0 && this.#ofChunks.isOpen() && (await mayComeFirst(session, rows, others))
    if (!isWorth) return await applyRows(session, all)
    const isIn = await inserts(session, groups)
    this.#ofChunks.learn(isIn)
    if (!isIn) return await applyRows(session, all)
    await rememberAll(session, rows)
    return await withOthers(session, all, others)
  }

  /** @throws RetryBatch */
  async settle(): Promise<void> {
    await this.#telling(this.#newRows.end())
  }

  async giveUp(): Promise<void> {
    await this.#newRows.giveUp()
  }

  async #telling(written: Promise<void>): Promise<void> {
    try {
      await written
    } catch (error) {
      if (error instanceof RetryBatch) this.#ofBatches.learn(false)
      throw error
    }
  }
}

/** The records that are in, and those that are applied after them. */
async function withOthers(
  session: WriteSession,
  all: Row[],
  others: Row[],
): Promise<RecordOutcome[]> {
  if (others.length === 0) return all.map(() => INSERTED)
  const outcomes = await applyRows(session, others)
  const of = new Map(others.map((row, at) => [row, outcomes[at] ?? INSERTED]))
  return all.map((row) => of.get(row) ?? INSERTED)
}

/** Whether a record without the field that does not fit may be written. */
function takesLess({ plan }: WriteSession): boolean {
  return plan.options.some(({ onError }) => onError === 'warn')
}

/** Whether the outcomes do not depend on the order, and no earlier record had one of the keys. */
async function mayComeFirst(session: WriteSession, rows: Row[], others: Row[]): Promise<boolean> {
  const { plan, ids, keys } = session
  if (others.length > 0 && takesLess(session)) return false
  if (plan.key.length === 0 || (others.length === 0 && !keys.isNeeded)) return true
  await ids.learn([...rows, ...others].map(({ values }) => values))
  const own = rows.flatMap(({ values }) => ids.idsOf(values))
  await keys.load(own)
  if (own.some((id) => keys.has(id))) return false
  const known = new Set(own)
  return !others.some(({ values }) => ids.idsOf(values).some((id) => known.has(id)))
}

async function inserts({ client, shape }: WriteSession, groups: ExpectedChunk['groups']) {
  // A partition's own trigger may swallow rows.
  const end = shape.isPartitioned ? '' : END
  for (const [at, { columns, lines, rows }] of groups.entries()) {
    const part = { before: at === 0 ? BEGIN : '', after: at === groups.length - 1 ? end : '' }
    const into = `${shape.sql} (${columns})`
    const count = await copyIn(client, into, lines, part).catch((error: unknown) => {
      if (!isRefusal(error)) throw faultOf(shape.name, 'INSERT', error) ?? error
      return undefined
    })
    if (count === rows.length) continue
    await client.query(UNDO)
    return false
  }
  if (end === '') await client.query(END)
  return true
}

async function rememberAll({ plan, keys, ids }: WriteSession, rows: Row[]): Promise<void> {
  if (plan.key.length === 0 || !keys.isNeeded) return
  for (const { values } of rows) keys.add(ids.idsOf(values))
  await keys.save()
}

const INSERTED: RecordOutcome = { kind: 'inserted' }
