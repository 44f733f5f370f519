import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { inject, onTestFinished } from 'vitest'
import { databaseIn, urlIn } from '../databases.ts'
import { MAIN } from './main.ts'

export type Ended = { code: number | null; out: string; err: string }

/** Runs the real command line, as a process, on the database `test.db` of the folder. */
export async function tallyman(
  folder: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  await databaseIn(folder, 'test.db')
  return await ended(launch(folder, args, env))
}

/** Starts it, for a test that interferes; what still runs at the end of the test is killed. */
export function start(folder: string, args: string[], env: Record<string, string> = {}) {
  const child = launch(folder, args, env)
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** The same with a standard input to write into; a copy of that lies in the folder as well. */
export async function startPiped(folder: string, args: string[]) {
  await databaseIn(folder, 'test.db')
  const env = { ...environment(folder, {}), TMPDIR: folder }
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Runs it with its standard output into a file that is there, such as a device; prints its errors. */
export async function tallymanInto(output: string, folder: string, args: string[]) {
  await databaseIn(folder, 'test.db')
  const env = environment(folder, {})
  const into = openSync(output, 'w')
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', into, 'pipe'],
  })
  closeSync(into)
  const err = child.stderr === null ? '' : text(child.stderr)
  await closed(child)
  return { code: child.exitCode, err: await err }
}

function launch(folder: string, args: string[], env: Record<string, string>) {
  return spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: environment(folder, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function environment(folder: string, env: Record<string, string>) {
  return { ...process.env, LC_ALL: 'C', TALLYMAN_DATABASE: urlFor(folder, env), ...env }
}

/** As somebody types it who stands in the folder. */
function urlFor(folder: string, { TALLYMAN_DATABASE: given }: Record<string, string>): string {
  if (given !== undefined) return given
  return inject('database') === 'SQLite' ? 'sqlite:test.db' : urlIn(folder, 'test.db')
}

/** Waits for its end, whatever it prints. */
export async function ended(
  child: ChildProcessByStdio<Writable | null, Readable, Readable>,
): Promise<Ended> {
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), closed(child)])
  return { code: child.exitCode, out, err }
}

async function closed(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
}
