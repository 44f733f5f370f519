import { vi } from 'vitest'
import { run } from '../../../src/cli/program.ts'
import { repeatDatabase } from '../../../src/i18n/program-name.ts'
import { byDatabase, databaseIn } from '../databases.ts'
import type { Ended } from './cli.ts'

let last: Promise<unknown> = Promise.resolve()

/**
 * Runs the command line in this process, in a tenth of the time that one of its own takes; as
 * somebody types it in the folder, with `test.db` of it as the database. What is asked for at once
 * runs one after the other, since a process has one folder and one output.
 */
export async function tallyman(
  folder: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const ended = last.then(() => typed(folder, args, env))
  last = ended.catch(() => undefined)
  return await ended
}

async function typed(folder: string, args: string[], env: Record<string, string>): Promise<Ended> {
  const url = await databaseIn(folder, 'test.db')
  const database = byDatabase({ SQLite: 'sqlite:test.db', PostgreSQL: url })
  const own = { LC_ALL: 'C', TALLYMAN_DATABASE: database, ...env }
  const before = process.cwd()
  process.chdir(folder)
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value)
  try {
    return await heard(args)
  } finally {
    vi.unstubAllEnvs()
    process.chdir(before)
    repeatDatabase(undefined)
  }
}

async function heard(args: string[]): Promise<Ended> {
  const said = { out: '', err: '' }
  const listen = (to: 'out' | 'err') => (text: string | Uint8Array, written?: unknown) => {
    said[to] += typeof text === 'string' ? text : Buffer.from(text).toString()
    if (typeof written === 'function') written()
    return true
  }
  const ears = [
    vi.spyOn(process.stdout, 'write').mockImplementation(listen('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(listen('err')),
    vi.spyOn(console, 'error').mockImplementation((...all) => {
      said.err += all.map((one) => (one instanceof Error ? one.stack : String(one))).join(' ')
    }),
  ]
  try {
    const code = await run(args)
    return { code, ...said }
  } finally {
    for (const ear of ears) ear.mockRestore()
  }
}
