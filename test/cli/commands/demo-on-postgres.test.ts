import { chmodSync, globSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { start } from '../../support/programs/cli.ts'
import { firstLine, isAlive, untilGone } from '../../support/programs/server.ts'
import { tmpDir } from '../../support/tmp.ts'

const PID_FILE = 'tallyman-postgres-*/data/postmaster.pid'

/** A demo whose files lie in a folder where also the user of the database server may go. */
function aDemo() {
  const folder = tmpDir()
  chmodSync(folder, 0o755)
  const args = ['demo', '--postgres', '--port', '0', '--json']
  const child = start(folder, args, { TMPDIR: folder })
  child.stderr.resume()
  return { folder, child, gone: once(child, 'exit') }
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('tallyman'))
}

/**
 * The process of the database server, which ends in any case, once its file tells it: there it is
 * empty for a moment, and 0 would be this process and all of its group.
 */
async function serverIn(folder: string): Promise<number> {
  for (;;) {
    const [file] = globSync(path.join(folder, PID_FILE))
    const pid = file === undefined ? NaN : Number.parseInt(readFileSync(file, 'utf8'), 10)
    if (pid > 0) {
      onTestFinished(() => void (isAlive(pid) && process.kill(pid, 'SIGQUIT')))
      return pid
    }
    await pause(5)
  }
}

test('the demo runs on PostgreSQL too, and Ctrl-C leaves nothing behind', async () => {
  const { folder, child, gone } = aDemo()
  const { url = '' }: Record<string, string> = JSON.parse(await firstLine(child.stdout))
  const counted = JOB_STATUSES.map(async (status) => {
    const page = await (await fetch(`${url}jobs?status=${status}`)).text()
    return /<a[^>]+href="\/jobs\/\d+"/.test(page)
  })
  expect(await Promise.all(counted)).toEqual(JOB_STATUSES.map(() => true))

  const server = await serverIn(folder)
  child.kill('SIGINT')
  expect(await gone).toEqual([0, null])
  expect(isAlive(server)).toBe(false)
  expect(foldersIn(folder)).toEqual([])
}, 240_000)

test('Ctrl-C while its database is made leaves nothing behind either', async () => {
  const { folder, child, gone } = aDemo()
  while (!foldersIn(folder).some((name) => name.includes('postgres'))) await pause(5)
  child.kill('SIGINT')
  expect(await gone).toEqual([0, null])
  expect(foldersIn(folder)).toEqual([])
}, 240_000)

test('the database server does not outlive a demo that is killed', async () => {
  const { folder, child, gone } = aDemo()
  const server = await serverIn(folder)
  child.kill('SIGKILL')
  await gone
  await untilGone(server)
}, 240_000)
