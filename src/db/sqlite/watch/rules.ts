import type Sqlite from 'better-sqlite3'
import { wordsOf } from './words.ts'

/** Schema rules that make a statement on a table do other than it asks for. */
export type Rules = {
  /** Actions of the table's ON CONFLICT clauses, without ABORT. */
  clauses: Set<string>
  /** Whether triggers or foreign key actions may change rows of the table when one is written. */
  isActedOn: boolean
  /** Whether a trigger may REPLACE rows of it: SQLite does not report such deletions. */
  isReplacedIn: boolean
}

type Trigger = { table: string; words: string[] }
/** A write to `from` may change `to`. */
type TriggerAct = { from: string; to: string }

/** Overestimates the rules of the schema: a false one only costs time. */
export function rulesOf(handle: Sqlite.Database, name: string): Rules {
  const table = name.toLowerCase()
  const clauses = clausesOf(handle, name)
  const triggers = triggersOf(handle)
  const acts = [...triggerActs(triggers), ...foreignKeyActs(handle)]
  return {
    clauses,
    isActedOn: triggers.some((trigger) => trigger.table === table) || isReached(acts, table),
    isReplacedIn: triggers.some(writesTo(table)) && mayReplace(clauses, triggers),
  }
}

/** Without ABORT, which is SQLite's default. */
function clausesOf(handle: Sqlite.Database, name: string): Set<string> {
  const sql = handle
    .prepare<[string], string>(
      `select sql from main.sqlite_master where type = 'table' and name = ? collate nocase`,
    )
    .pluck()
    .get(name)
  const words = wordsOf(sql ?? '')
  const clauses = words.filter((_, at) => words[at - 2] === 'on' && words[at - 1] === 'conflict')
  return new Set(clauses.filter((clause) => clause !== 'abort'))
}

function triggersOf(handle: Sqlite.Database): Trigger[] {
  return handle
    .prepare<[], { table: string; sql: string }>(
      `select tbl_name as "table", sql from main.sqlite_master where type = 'trigger'`,
    )
    .all()
    .map(({ table, sql }) => ({ table: table.toLowerCase(), words: wordsOf(sql) }))
}

/** A trigger may write to any table that it mentions. */
function triggerActs(triggers: Trigger[]): TriggerAct[] {
  return triggers.flatMap(({ table: from, words }) =>
    [...new Set(words)].filter((to) => to !== from).map((to) => ({ from, to })),
  )
}

function foreignKeyActs(handle: Sqlite.Database): TriggerAct[] {
  return handle
    .prepare<[], TriggerAct>(
      `select foreign_key."table" as "from", child.name as "to"
       from main.sqlite_master as child, pragma_foreign_key_list(child.name) as foreign_key
       where child.type = 'table' and child.sql like '%references%'
         and not (foreign_key.on_delete in ('NO ACTION', 'RESTRICT')
                  and foreign_key.on_update in ('NO ACTION', 'RESTRICT'))`,
    )
    .all()
    .map(({ from, to }) => ({ from: from.toLowerCase(), to: to.toLowerCase() }))
}

/** Whether the acts lead from the table back to it. */
function isReached(acts: TriggerAct[], table: string): boolean {
  const ways = Map.groupBy(acts, ({ from }) => from)
  const reached = new Set<string>()
  const ahead = [table]
  for (const from of ahead) {
    for (const { to } of ways.get(from) ?? []) {
      if (!reached.has(to)) ahead.push(to)
      reached.add(to)
    }
  }
  return reached.has(table)
}

/**
 * Where the table has clauses, the statement's OR ABORT overrides them and those in triggers, but
 * not in triggers of a DELETE.
 */
function mayReplace(clauses: Set<string>, triggers: Trigger[]): boolean {
  const isAborting = clauses.size > 0 && !triggers.some(isOfDeletion)
  return !isAborting && (clauses.has('replace') || triggers.some(replaces))
}

function isOfDeletion({ words }: Trigger): boolean {
  return words.some((word, at) => word === 'delete' && words[at + 1] === 'on')
}

function replaces({ words }: Trigger): boolean {
  return words.some(
    (word, at) => word === 'replace' && (words[at - 1] === 'or' || words[at + 1] === 'into'),
  )
}

function writesTo(table: string): (trigger: Trigger) => boolean {
  return ({ words }) =>
    words.some(
      (word, at) =>
        word === table &&
        (words[at - 1] === 'into' ||
          words[at - 1] === 'update' ||
          (words[at - 2] === 'or' && words[at - 3] === 'update')),
    )
}
