import type { PoolClient } from 'pg'
import type { PgAddress } from './address.ts'
import { quoteName, quoteText } from './names.ts'

/**
 * Values are read and written in one way, times in UTC, whatever is set for the server, the database
 * or the user; and sequential scans start at the table's beginning, even while others scan it.
 *
 * A client that is cut off is noticed by the server after some 20 s, also while there are bytes on
 * the way to it, for which keepalives alone do nothing.
 */
const SETTINGS = {
  timezone: 'UTC',
  datestyle: 'ISO, YMD',
  intervalstyle: 'iso_8601',
  bytea_output: 'hex',
  // Doubles with all their digits.
  extra_float_digits: '1',
  array_nulls: 'on',
  xmloption: 'content',
  quote_all_identifiers: 'off',
  synchronize_seqscans: 'off',
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '3',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '20000',
}

/** Money with a point, and a comma for thousands; where the currency has other decimals, as it is. */
const MONEY = `select set_config('lc_monetary', 'C', false) where scale('1'::money::numeric) = 2`

/** Gives a new session its settings. */
export async function prepareSession(client: PoolClient, address: PgAddress): Promise<void> {
  const settings = Object.entries({ ...SETTINGS, ...address.timeouts })
  const statements = settings.map(([name, value]) => `set ${name} = ${quoteText(value)}`)
  await client.query([...statements, MONEY, ...searchPathOf(address)].join('; '))
}

/**
 * Tallyman's own tables come first in the path; the tables that it makes for users still go where
 * theirs go without it, which `tallyman.home` keeps.
 */
function searchPathOf({ schema, searchPath }: PgAddress): string[] {
  const path = "current_setting('search_path')"
  const set = (name: string, value: string) => `select set_config('${name}', ${value}, false)`
  return [
    ...(searchPath === undefined ? [] : [set('search_path', quoteText(searchPath))]),
    ...(schema === undefined
      ? []
      : [
          set('tallyman.home', "coalesce(quote_ident(current_schema()), '')"),
          set('search_path', `${quoteText(quoteName(schema))} || ', ' || ${path}`),
        ]),
  ]
}
