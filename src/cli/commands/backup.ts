import { link, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import type { Command } from 'commander'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { phrase } from '../../i18n/catalogue.ts'
import { helpIn } from '../../i18n/help.ts'
import { requireWritablePath } from '../../pipeline/export/output-path.ts'
import { printJson, printLine } from '../output/print.ts'
import type { Call, Session } from '../ground/session.ts'

export function addBackup(program: Command, session: Session): void {
  const help = helpIn(session.language).backup
  program
    .command('backup')
    .description(help.about)
    .argument('<file>', help.file)
    .option('--replace', help.replace)
    .addHelpText('after', help.examples)
    .action(async (file: string, _options: unknown, command: Command) => {
      const options: { replace?: unknown } = command.optsWithGlobals()
      await session.run(options, (call) =>
        backUp(call, path.resolve(file), options.replace === true),
      )
    })
}

async function backUp(call: Call, file: string, replaces: boolean): Promise<number> {
  const { store, config, isJson } = call
  if (store.file === undefined) throw new InvalidInputError({ problem: 'no_backup_here' })
  for (const one of [file, ...BESIDE.map((end) => file + end)]) {
    const found = await requireWritablePath(one, store)
    if (found !== undefined && !replaces) {
      throw new InvalidInputError({ problem: 'path_there', path: one })
    }
  }
  const part = `${file}${PART}${hostname()}-${process.pid}`
  await clearLeft(path.dirname(file))
  const leftovers = BESIDE.map((end) => part + end)
  try {
    await store.file.copyTo(part)
    await onDisk(part)
    await publish(part, file, replaces)
    await onDisk(path.dirname(file))
  } finally {
    for (const one of [part, ...leftovers]) await rm(one, { force: true })
  }
  const { size } = await stat(file)
  if (isJson) await printJson({ path: file, size })
  else await printLine(phrase(config.language, 'backedUp', { path: file, size }))
  return 0
}

/** What SQLite keeps beside a file. Beside another one than it was made for, it would damage that. */
const BESIDE = ['-wal', '-shm', '-journal']

/** What the name of a copy that is being made goes on with, and who makes it. */
const PART = '.tallyman-backup-'

/** Removes what backups into this folder left that were killed on this machine. */
async function clearLeft(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, maker = ''] = name.split(PART)
    const pid = maker.startsWith(`${hostname()}-`) ? maker.slice(hostname().length + 1) : ''
    const isLeft = /^\d+(-wal|-shm|-journal)?$/.test(pid) && !isAlive(parseInt(pid, 10))
    if (isLeft) await rm(path.join(folder, name), { force: true })
  }
}

/** Another process may have got its number since: then it is removed another time. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A name that somebody took meanwhile is not overwritten. */
async function publish(part: string, file: string, replaces: boolean): Promise<void> {
  if (replaces) {
    for (const end of BESIDE) await rm(file + end, { force: true })
    return await rename(part, file)
  }
  try {
    await link(part, file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') throw new InvalidInputError({ problem: 'path_there', path: file })
    // Not every file system knows a second name.
    await rename(part, file)
  }
}

async function onDisk(file: string): Promise<void> {
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
