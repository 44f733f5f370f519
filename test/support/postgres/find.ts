import {
  npmPrograms,
  programsIn,
  systemPrograms,
  type PostgresPrograms,
} from '../../../src/cli/postgres/find-programs.ts'

/** A server that is there, or the programs of one. */
export type Postgres = { url: string } | PostgresPrograms

/** The versions that npm brings: the one that is tried by default, and the oldest that is supported. */
const OF_NPM: Record<string, () => PostgresPrograms | undefined> = {
  18: npmPrograms,
  13: oldestPrograms,
}

/** npm has it for one kind of machine alone. */
export function oldestPrograms(): PostgresPrograms | undefined {
  return programsIn('postgres-13-linux-x64')
}

/**
 * The server that TEST_DATABASE_URL names, else npm's of the version that TEST_POSTGRES names, else
 * one of the system's, else the one that npm brought.
 * @throws where there is no such version
 */
export function findPostgres(env: NodeJS.ProcessEnv = process.env): Postgres | undefined {
  const { TEST_DATABASE_URL: url, TEST_POSTGRES: version } = env
  if (url) return { url }
  if (!version) return systemPrograms(env) ?? npmPrograms()
  const programs = OF_NPM[version]?.()
  if (programs !== undefined) return programs
  throw new Error(`TEST_POSTGRES=${version}: npm has brought ${Object.keys(OF_NPM).join(' and ')}`)
}
