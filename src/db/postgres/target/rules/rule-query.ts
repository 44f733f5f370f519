import { quoteName } from '../../ground/names.ts'
import { isLeftToServer } from '../../statements/canonical-texts.ts'
import type { TableShape } from '../../statements/shape.ts'
import type { CatalogColumn } from '../../tables/read-columns.ts'
import type { TableRule } from './read-rules.ts'

type RuleOf<Kind extends TableRule['kind']> = Extract<TableRule, { kind: Kind }>

/** The rules that records which write these fields can break, by kind, in the server's order. */
export type RulesFor = {
  conditions: Extract<TableRule, { condition: string }>[]
  uniques: RuleOf<'unique'>[]
  references: RuleOf<'reference'>[]
}

/**
 * What the query tells of a record, by its index from 1: the first condition that it breaks; for each
 * unique index, whether the table has its values, and the first record that has them; for each
 * foreign key, the values that the parent lacks.
 */
export type RuleFinding = [number, number | null, ...(boolean | number | string | null)[]]

/** Where the values of a record come from: `written` by it, the row it `updates`, or nowhere. */
export type GivenRecords = {
  shape: TableShape
  written: CatalogColumn[]
  /** The key by which rows are updated; undefined where they are inserted. */
  key: CatalogColumn[] | undefined
}

/** Rules about columns whose values are known before a record is written. */
export function rulesFor(rules: TableRule[], { shape, written, key }: GivenRecords): RulesFor {
  const isWritten = (name: string) => written.some((column) => column.name === name)
  const isKnown = (name: string) => {
    const column = shape.all.find((one) => one.name === name)
    if (column === undefined || column.generated) return false
    return isWritten(name) || key !== undefined || column.defaultSql === null
  }
  const known = rules.filter(
    ({ columns }) => columns.every(isKnown) && (columns.length === 0 || columns.some(isWritten)),
  )
  return {
    conditions: known.filter((rule) => 'condition' in rule),
    // The rows that one UPDATE changes may pass values to each other.
    uniques: key === undefined ? known.filter((rule) => rule.kind === 'unique') : [],
    references: known.filter((rule) => rule.kind === 'reference'),
  }
}

/**
 * The columns of records whose values the query takes, in the order of its arrays. The server looks
 * at types first: it fails where a value is none of its type.
 */
export function columnsTaken(rules: RulesFor, { shape, written, key = [] }: GivenRecords) {
  const named = columnsNamed(rules, shape).filter((column) => written.includes(column))
  return [...new Set([...key, ...named, ...written.filter(isLeftToServer)])]
}

/**
 * A query for the records that break a rule. A condition names its columns alone, as it may have been
 * written for a table with columns of any name: whatever else the query joins has names of its own.
 * @param arrays their values in SQL, an array for each column taken
 */
export function ruleQuery(rules: RulesFor, given: GivenRecords, arrays: string[]): string {
  const { conditions, uniques, references } = rules
  const { shape } = given
  const broken = conditions.map(({ condition }, at) => `when not (${condition}) then ${at}`)
  const told: Record<string, string> = {
    broken: `${broken.length === 0 ? 'null' : `case ${broken.join(' ')} end`}::int4`,
  }
  const isBroken = ['typed < 0', 'broken is not null']
  const queries = [
    `tallyman_given as materialized (select * from ${givenSql(rules, given, arrays)})`,
  ]
  const joined: string[] = []
  // An index knows no rows of heirs.
  const ownRows = shape.isPartitioned ? shape.sql : `only ${shape.sql}`
  for (const [at, { columns }] of uniques.entries()) {
    const stored = rowLookup(
      shape,
      { table: ownRows, columns, given: columns },
      `tallyman_known${at}`,
    )
    const names = columns.map(ofGiven)
    queries.push(
      ...stored.queries,
      `tallyman_twice${at} as materialized (
        select ${names.map((name, place) => `${name} as tallyman_v${place}`).join(', ')}, min(tallyman_n) as tallyman_first
        from tallyman_given as given where ${isFilled(columns)} group by ${names.join(', ')} having count(*) > 1)`,
    )
    const isSame = names.map((name, place) => `twice${at}.tallyman_v${place} = ${name}`)
    joined.push(
      ...stored.joined,
      `left join tallyman_twice${at} as twice${at} on ${isSame.join(' and ')}`,
    )
    told[`there${at}`] = `case when ${isFilled(columns)} then ${stored.found} end`
    told[`first${at}`] = `coalesce(twice${at}.tallyman_first, tallyman_n)`
    isBroken.push(`there${at}`, `first${at} < tallyman_n`)
  }
  for (const [at, { columns, parent, referred }] of references.entries()) {
    const stored = rowLookup(
      shape,
      { table: parent, columns: referred, given: columns },
      `tallyman_parent${at}`,
    )
    queries.push(...stored.queries)
    joined.push(...stored.joined)
    const values = columns.map((name) => `format('%s', ${ofGiven(name)})`).join(', ')
    told[`missing${at}`] = `case when ${isFilled(columns)}
      and ${stored.found} is null then concat_ws(', ', ${values}) end`
    isBroken.push(`missing${at} is not null`)
  }
  const typed = given.written
    .filter(isLeftToServer)
    .map(({ name }) => `num_nonnulls(${ofGiven(name)})`)
  const selected = Object.entries(told).map(([name, value]) => `${value} as ${name}`)
  return `with ${queries.join(', ')} select tallyman_n, ${Object.keys(told).join(', ')}
    from (select given.tallyman_n, ${['0', ...typed].join(' + ')} as typed, ${selected.join(', ')}
      from tallyman_given as given ${joined.join(' ')}) as told
    where ${isBroken.join(' or ')} order by tallyman_n`
}

function ofGiven(name: string): string {
  return `given.${quoteName(name)}`
}

function isFilled(columns: string[]): string {
  return columns.map((name) => `${ofGiven(name)} is not null`).join(' and ')
}

/** The rows of a table that have the values of records, and the columns of both. */
type Sought = { table: string; columns: string[]; given: string[] }

/** How a query for records tells whether there is such a row, by an index: true or null. */
type RowLookup = { queries: string[]; joined: string[]; found: string }

/**
 * Values of one column are looked up all at once, which takes a fifth of the time of one after the
 * other.
 */
function rowLookup({ all }: TableShape, sought: Sought, name: string): RowLookup {
  const { table, columns, given } = sought
  const [one, another] = columns
  const type = all.find((column) => column.name === given[0])
  // An array of arrays is one array.
  if (one === undefined || another !== undefined || type === undefined || type.type.startsWith('_'))
    return { queries: [], joined: [], found: anyRow(sought) }
  const value = ofGiven(type.name)
  const stored = `one.${quoteName(one)}`
  return {
    queries: [
      `${name} as materialized (select distinct ${stored} as tallyman_value from ${table} as one
        where ${stored} = any (array(select ${value}::${type.sqlType} from tallyman_given as given)))`,
    ],
    joined: [`left join ${name} on ${name}.tallyman_value = ${value}`],
    found: `case when ${name}.tallyman_value is not null then true end`,
  }
}

/** LIMIT keeps the planner from a hash of the whole table. */
function anyRow({ table, columns, given }: Sought): string {
  const isEqual = columns.map(
    (name, at) => `one.${quoteName(name)} = ${ofGiven(given[at] ?? name)}`,
  )
  return `(select true from ${table} as one where ${isEqual.join(' and ')} limit 1)`
}

/** The records as rows of the table, as far as the rules look at them. */
function givenSql(rules: RulesFor, given: GivenRecords, arrays: string[]): string {
  const { shape, key } = given
  const taken = columnsTaken(rules, given)
  const valueOf = (column: CatalogColumn) =>
    `v${taken.indexOf(column)}::${column.isDomain ? column.declared : column.sqlType}`
  const values = [...new Set([...columnsNamed(rules, shape), ...taken])].map((column) => {
    const name = quoteName(column.name)
    if (taken.includes(column)) return `${valueOf(column)} as ${name}`
    return key === undefined ? `null::${column.sqlType} as ${name}` : `row.${name}`
  })
  const isSame = key?.map((column) => `row.${quoteName(column.name)} = ${valueOf(column)}`)
  const join = isSame === undefined ? '' : ` join ${shape.sql} as row on ${isSame.join(' and ')}`
  return `(select ${['n::int4 as tallyman_n', ...values].join(', ')}
    from unnest(${arrays.join(', ')})
      with ordinality as arrays (${taken.map((_, at) => `v${at}`).join(', ')}, n)${join}) as given`
}

function columnsNamed({ conditions, uniques, references }: RulesFor, { all }: TableShape) {
  const names = [...conditions, ...uniques, ...references].flatMap(({ columns }) => columns)
  return all.filter(({ name }) => names.includes(name))
}
