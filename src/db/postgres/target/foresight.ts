import type { Row } from '../../../domain/records/record.ts'
import type { GivenRows, Planned } from '../statements/planned.ts'
import type { WriteSession } from '../statements/session.ts'
import type { TableShape } from '../statements/shape.ts'
import { fieldsWritten } from '../statements/statements.ts'
import { wireOf } from '../statements/wire.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'
import { Expectation } from './expectation.ts'
import { foreseeRefused, type BrokenRule } from './rules/foresee.ts'
import { readRules, type TableRule } from './rules/read-rules.ts'

/** For fewer records, a bisection costs no more than the query. */
const LEAST = 16

/** A session whose target remembers whether its records are refused. */
export type TargetSession = WriteSession & { foresight: Foresight; chunk: GivenRows }

type Means = Pick<WriteSession, 'client' | 'plan' | 'shape'>

/**
 * Finds records that the table refuses before they are written: as long as some were lately, since
 * the query for them costs more than it saves in a clean file.
 */
export class Foresight {
  readonly #clean = new Expectation()
  #known: { shape: TableShape; rules: Promise<TableRule[]> } | undefined

  /** Whether it is worth a look which records of the run are refused. */
  isFor(run: Planned[], { isPlain, hasTriggers }: TableShape): boolean {
    return run.length >= LEAST && isPlain && !hasTriggers && run[0]?.action.kind !== 'deleted'
  }

  /** Whether the next run should be written without a look. */
  expectsClean(): boolean {
    return this.#clean.isOpen()
  }

  learn(isClean: boolean): void {
    this.#clean.learn(isClean)
  }

  /** @param run records that take the same action, with the same fields */
  async ofRun(session: Means, run: Planned[]): Promise<Map<Planned, BrokenRule>> {
    const { plan, shape } = session
    const [first] = run
    if (first === undefined) return new Map()
    const written = fieldsWritten(session, first).flatMap((at) => shape.fields[at] ?? [])
    const { key } = first.action
    const names = key?.which === 1 ? plan.secondKey : plan.key
    const columns = names.flatMap((name) => shape.fields.find((one) => one.name === name) ?? [])
    const given = { shape, written, key: key && columns }
    const broken = await this.#ask(session, given, (column) => {
      const [at, place] = [shape.fields.indexOf(column), key ? columns.indexOf(column) : -1]
      return run.map(({ action }) =>
        wireOf(place === -1 ? action.values[at] : action.key?.values[place], column),
      )
    })
    return keyedBy(run, broken)
  }

  /** @param rows records to insert with the same fields */
  async ofNew(
    session: Means,
    rows: Row[],
    written: CatalogColumn[],
  ): Promise<Map<Row, BrokenRule>> {
    const { shape } = session
    const broken = await this.#ask(session, { shape, written, key: undefined }, (column) => {
      const at = shape.fields.indexOf(column)
      return rows.map(({ values }) => wireOf(values[at], column))
    })
    return keyedBy(rows, broken)
  }

  async #ask(
    { client, shape }: Means,
    given: Parameters<typeof foreseeRefused>[2],
    textsOf: Parameters<typeof foreseeRefused>[3],
  ): Promise<Map<number, BrokenRule>> {
    if (this.#known?.shape !== shape) this.#known = { shape, rules: readRules(client, shape) }
    const rules = await this.#known.rules
    return (await foreseeRefused(client, rules, given, textsOf)) ?? new Map()
  }
}

function keyedBy<One>(all: One[], broken: Map<number, BrokenRule>): Map<One, BrokenRule> {
  return new Map(
    [...broken].flatMap(([at, rule]): [One, BrokenRule][] => {
      const one = all[at]
      return one === undefined ? [] : [[one, rule]]
    }),
  )
}
