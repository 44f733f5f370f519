import { InvalidInputError } from '../../../domain/words/errors.ts'
import type { PgAddress } from '../ground/address.ts'
import { saysLost } from '../ground/lost.ts'
import { serverError } from '../ground/sql-state.ts'

/** What the person who gave the address can do about an error of its first connection. */
export function explain(error: unknown, address: PgAddress): unknown {
  if (!(error instanceof Error) || error instanceof InvalidInputError) return error
  const { host, user, schema } = address
  const said = serverError(error)
  const detail = detailOf(error)
  const because = (problem: ConstructorParameters<typeof InvalidInputError>[0]) =>
    new InvalidInputError(problem, { cause: error })
  if (said === undefined) {
    if (isOfTls(error)) return because({ problem: 'tls_refused', host, detail })
    return isOfNetwork(error) ? because({ problem: 'server_silent', host, detail }) : error
  }
  // Also while the server starts, ends or has no connection left.
  if (/^(57P|53300)/.test(said.code ?? ''))
    return because({ problem: 'server_silent', host, detail })
  if (said.code === '3D000') return because({ problem: 'not_on_server', host, name: '', detail })
  if (said.code?.startsWith('28') === true) {
    return because({ problem: 'login_refused', user, host, detail })
  }
  if (said.code === '42501') {
    // The first of them that is asked for.
    const problem = detail.includes('tallyman_migration') ? 'own_tables_refused' : 'schema_refused'
    return because({ problem, user, schema: schema ?? 'public', detail })
  }
  return error
}

/** Where a host has several addresses and none answers, only the error's code gives the reason. */
function detailOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : error.name
  const cause = error instanceof AggregateError ? error.errors[0] : undefined
  return error.message || (cause instanceof Error ? cause.message : code)
}

function isOfTls(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : ''
  return /SSL|TLS|CERT|SELF_SIGNED|UNABLE_TO/.test(code) || /\bSSL|sslmode/.test(error.message)
}

const NETWORK = /^(08|E(CONN|HOST|NET|TIMED|NOTFOUND|AI_)|ENOENT)/

function isOfNetwork(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : ''
  return saysLost(error) || NETWORK.test(code)
}
