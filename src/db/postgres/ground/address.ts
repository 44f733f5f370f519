import { InvalidInputError } from '../../../domain/words/errors.ts'
import { shownUrl } from '../../shown-url.ts'

/** An address of a database, and what of it is Tallyman's own business. */
export type PgAddress = {
  /** As libpq understands it; `pg` too, by the parameter that it has for that. */
  url: string
  host: string
  database: string
  user: string
  /** The schema of Tallyman's own tables; undefined for the first of the search path. */
  schema: string | undefined
  searchPath: string | undefined
  /** For the session, by their names in the server's configuration. */
  timeouts: { statement_timeout?: string; lock_timeout?: string }
  connectSeconds: number
  /** Whether TLS is only tried: without it the connection is made again. */
  prefersTls: boolean
}

/** By libpq's names (postgresql.org/docs/current/libpq-connect.html), and ours. */
const PASSED_ON = [
  'host',
  'port',
  'user',
  'password',
  'dbname',
  'options',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'sslnegotiation',
  'channel_binding',
]
const OWN = [
  'tallyman_schema',
  'search_path',
  'statement_timeout',
  'lock_timeout',
  'connect_timeout',
]
const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']
const CONNECT_SECONDS = 10
/** As in PostgreSQL's configuration: milliseconds, or with a unit. */
const DURATION = /^\d{1,9} ?(?:us|ms|s|min|h|d)?$/

/** @throws InvalidInputError where a part of it has no meaning */
export function addressOf(given: string): PgAddress {
  const url = URL.parse(given)
  if (url === null) throw wrong(given, 'no_postgres_url', {})
  const parameters = new URLSearchParams(url.search)
  const known = [...PASSED_ON, ...OWN]
  const unknown = parameters.keys().find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw wrong(given, 'unknown_parameter', { name: unknown, known: known.join(', ') })
  }
  const choice = (name: string, isRight: (text: string) => boolean, hint: string) => {
    const text = parameters.get(name) ?? undefined
    if (text !== undefined && !isRight(text)) throw wrong(given, 'wrong_parameter', { name, hint })
    parameters.delete(name)
    return text
  }
  const isDuration = (text: string) => DURATION.test(text)
  const schema = choice('tallyman_schema', (text) => text !== '', 'tallyman')
  const searchPath = choice('search_path', (text) => text !== '', 'sales,public')
  const statement = choice('statement_timeout', isDuration, '30s')
  const lock = choice('lock_timeout', isDuration, '30s')
  const seconds = choice('connect_timeout', (text) => /^\d{1,4}$/.test(text), '10')
  const mode = choice('sslmode', (text) => SSL_MODES.includes(text), SSL_MODES.join(', '))
  if (mode !== undefined) parameters.set('sslmode', mode === 'allow' ? 'prefer' : mode)
  // The certificate authorities of the system: the default.
  if (parameters.get('sslrootcert') === 'system') parameters.delete('sslrootcert')
  parameters.set('uselibpqcompat', 'true')
  url.search = parameters.toString()
  return {
    url: url.href,
    host: parameters.get('host') ?? url.host,
    database: parameters.get('dbname') ?? decodeURIComponent(url.pathname.slice(1)),
    user: parameters.get('user') ?? decodeURIComponent(url.username),
    schema,
    searchPath,
    timeouts: {
      ...(statement === undefined ? {} : { statement_timeout: statement }),
      ...(lock === undefined ? {} : { lock_timeout: lock }),
    },
    connectSeconds: seconds === undefined ? CONNECT_SECONDS : Number(seconds),
    prefersTls: mode === 'prefer' || mode === 'allow',
  }
}

/** The same server without TLS. */
export function withoutTls(address: PgAddress): PgAddress {
  const url = new URL(address.url)
  url.searchParams.set('sslmode', 'disable')
  return { ...address, url: url.href, prefersTls: false }
}

type Wrong = { name?: string; known?: string; hint?: string }

function wrong(
  url: string,
  problem: 'no_postgres_url' | 'unknown_parameter' | 'wrong_parameter',
  { name = '', known = '', hint = '' }: Wrong,
): InvalidInputError {
  const database = shownUrl(url)
  if (problem === 'no_postgres_url') return new InvalidInputError({ problem, database })
  return problem === 'unknown_parameter'
    ? new InvalidInputError({ problem, name, known })
    : new InvalidInputError({ problem, name, hint })
}
