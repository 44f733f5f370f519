import type { RecordOutcome, Row } from '../../../domain/records/record.ts'
import { RetryBatch } from '../../../domain/words/errors.ts'
import type { Lazy } from '../statements/planned.ts'
import { applyRows } from './apply.ts'
import { Expectation } from './expectation.ts'
import type { CopyGroup, ExpectedChunk } from './expected-new.ts'
import {
  canForesee,
  insertForeseen,
  insertsAll,
  takesLess,
  type NotInserted,
} from './foreseen-rows.ts'
import type { BrokenRule } from './rules/foresee.ts'
import { LookAhead } from './rules/look-ahead.ts'
import { NewRows } from './new-rows.ts'
import type { TargetSession } from './foresight.ts'

/**
 * Writes records that are expected to be new without a look at the table: those of a whole batch by
 * one COPY where that went well lately, else those of a chunk, without those that a query shows to
 * be refused.
 */
export class ExpectedWriter {
  readonly #ofBatches = new Expectation()
  readonly #ofChunks = new Expectation()
  readonly #ofForeseen = new Expectation()
  readonly #newRows = new NewRows()
  readonly #ahead = new LookAhead<CopyGroup, Map<Row, BrokenRule>>()
  #isWholeBatch = false

  /** Whether the records of the batch are taken by one COPY, chunk by chunk. */
  get isWholeBatch(): boolean {
    return this.#isWholeBatch
  }

  /** Called at the start of a batch. */
  begin(): void {
    this.#isWholeBatch = this.#ofBatches.isOpen()
  }

  /** @throws RetryBatch */
  async apply(
    session: TargetSession,
    all: Row[],
    expected: Lazy<ExpectedChunk>,
  ): Promise<RecordOutcome[]> {
    const { client, shape, plan, keys } = session
    if (this.#isWholeBatch && !keys.isNeeded) {
      const { groups, others } = expected.value
      const [group, another] = groups
      // Without a key, what the others are refused for shows without the database.
      const isAlone = others.length === 0 || (plan.key.length === 0 && !takesLess(session))
      if (group !== undefined && another === undefined && isAlone) {
        await this.#telling(this.#newRows.add(client, shape, group))
        return await withOthers(session, all, others)
      }
    }
    await this.settle()
    const isTried = this.#ofChunks.isOpen()
    const isForeseen = canForesee(session) && this.#ofForeseen.isOpen()
    if (!isTried && !isForeseen) return await applyRows(session, all)
    const { rows, groups, others } = expected.value
    const [group, another] = groups
    if (rows.length === 0 || !(await mayComeFirst(session, rows, others)))
      return await applyRows(session, all)
    if (isTried) {
      const areIn = await insertsAll(session, groups)
      this.#ofChunks.learn(areIn)
      if (areIn) {
        await rememberAll(session, rows)
        return await withOthers(session, all, others)
      }
    }
    return group !== undefined && another === undefined && isForeseen
      ? await this.#applyForeseen(session, all, { group, others })
      : await applyRows(session, all)
  }

  async #applyForeseen(
    session: TargetSession,
    all: Row[],
    { group, others }: { group: CopyGroup; others: Row[] },
  ): Promise<RecordOutcome[]> {
    const left = await insertForeseen(session, group, this.#ahead)
    this.#ofForeseen.learn(left !== undefined && 2 * left.known.size < group.rows.length)
    if (left === undefined) return await applyRows(session, all)
    const { rejected, known } = left
    const later = new Set([...others, ...known])
    const outcomes = await withOthers(
      session,
      all,
      known.size === 0 ? others : all.filter((row) => later.has(row)),
      rejected,
    )
    if (all.some((row, at) => later.has(row) && isWritten(outcomes[at]))) this.#ahead.drop()
    return outcomes
  }

  /** Called with the records that are applied next, once they are prepared, if they are. */
  lookAhead(chunk: ExpectedChunk | undefined): void {
    const [group, another] = chunk?.groups ?? []
    this.#ahead.offer(another === undefined ? group : undefined)
  }

  /** @throws RetryBatch */
  async settle(): Promise<void> {
    await this.#telling(this.#newRows.end())
  }

  async giveUp(): Promise<void> {
    this.#ahead.drop()
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

function isWritten(outcome: RecordOutcome | undefined): boolean {
  return outcome !== undefined && ['inserted', 'updated', 'deleted'].includes(outcome.kind)
}

/** The records that are in or rejected, and those that are applied after them. */
async function withOthers(
  session: TargetSession,
  all: Row[],
  others: Row[],
  rejected: NotInserted['rejected'] = new Map(),
): Promise<RecordOutcome[]> {
  if (others.length === 0) return all.map((row) => rejected.get(row) ?? INSERTED)
  const outcomes = await applyRows(session, others)
  const of = new Map(others.map((row, at) => [row, outcomes[at] ?? INSERTED]))
  return all.map((row) => of.get(row) ?? rejected.get(row) ?? INSERTED)
}

/** Whether the outcomes do not depend on the order, and no earlier record had one of the keys. */
async function mayComeFirst(session: TargetSession, rows: Row[], others: Row[]): Promise<boolean> {
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

async function rememberAll({ plan, keys, ids }: TargetSession, rows: Row[]): Promise<void> {
  if (plan.key.length === 0 || !keys.isNeeded) return
  for (const { values } of rows) keys.add(ids.idsOf(values))
  await keys.save()
}

const INSERTED: RecordOutcome = { kind: 'inserted' }
