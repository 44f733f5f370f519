import type { PoolClient } from 'pg'
import type { RecordOutcome, Row, WritePlan } from '../../../domain/records/record.ts'
import type { Target, Trx } from '../../store.ts'
import { onConnection } from '../ground/connection.ts'
import type { TableShape } from '../statements/shape.ts'
import { Lazy, type GivenRows } from '../statements/planned.ts'
import { stagingRows } from '../statements/staging.ts'
import { usable } from '../tables/usable.ts'
import { applyRows } from './apply.ts'
import { expectedNew, type ExpectedChunk } from './expected-new.ts'
import { ExpectedWriter } from './expected-writer.ts'
import { Foresight } from './foresight.ts'
import { normalizer } from './normalize.ts'
import { checkAtOnce, openSession, openShapes } from '../statements/session.ts'

/** For more records, statements take less time each, and where COPY begins counts less. */
const CHUNK_RECORDS = 2_000

/**
 * A chunk, and what may be needed of it before the server is asked: what the last one needed is made
 * while the server writes that.
 */
type Prepared = GivenRows & {
  shape: TableShape
  /** Undefined where no record may be expected to be new. */
  expected: Lazy<ExpectedChunk> | undefined
}

/** Applies records in chunks, one after the other, with as few statements as their order allows. */
export function openTarget(plan: WritePlan): Target {
  const shapeIn = openShapes(plan)
  const writer = new ExpectedWriter()
  const foresight = new Foresight()
  let preparer: { shape: TableShape; prepare: (rows: Row[]) => Prepared } | undefined
  let last: { trx: Trx; over: Promise<unknown> } | undefined
  let needed: Pick<Prepared, 'expected' | 'staging'> | undefined

  const prepareFor = (shape: TableShape, rows: Row[]) => {
    if (preparer?.shape !== shape) preparer = { shape, prepare: prepareWith(plan, shape) }
    return preparer.prepare(rows)
  }
  const write = async (client: PoolClient, chunk: Prepared) => {
    const { shape, rows, expected } = chunk
    const session = { ...openSession(client, plan, shape), foresight, chunk }
    const outcomes =
      expected === undefined
        ? await applyRows(session, rows)
        : await writer.apply(session, rows, expected)
    needed = chunk
    return outcomes
  }
  const apply = async (trx: Trx, given: Row[], early: Prepared | undefined) => {
    const { shape, isFresh } = await shapeIn(trx)
    const prepared = early?.shape === shape ? early : prepareFor(shape, given)
    return await onConnection(trx, (client) =>
      usable(plan.table.name, 'SELECT', async (): Promise<RecordOutcome[]> => {
        if (isFresh) {
          await checkAtOnce(client, shape, given)
          writer.begin()
        }
        return await write(client, prepared)
      }),
    )
  }

  return {
    get chunkRecords() {
      return writer.isWholeBatch ? undefined : CHUNK_RECORDS
    },
    apply(trx, rows) {
      const early = preparer?.prepare(rows)
      writer.lookAhead(needed?.expected?.isUsed === true ? early?.expected?.makeEarly() : undefined)
      if (needed?.staging.isUsed === true) early?.staging.makeEarly()
      const before = last?.trx === trx ? last.over : Promise.resolve()
      const over = before.then(() => apply(trx, rows, early))
      last = { trx, over }
      return over
    },
    settle: () => writer.settle(),
    giveUp: () => writer.giveUp(),
  }
}

function prepareWith(plan: WritePlan, shape: TableShape): (rows: Row[]) => Prepared {
  const normalize = normalizer(plan, shape)
  const expect = expectedNew(plan, shape)
  return (given) => {
    const rows = given.map(normalize)
    const expected = expect && new Lazy(() => expect(rows))
    return { shape, rows, expected, staging: new Lazy(() => stagingRows(shape, rows)) }
  }
}
