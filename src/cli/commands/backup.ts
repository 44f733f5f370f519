import { link, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import type { Command } from 'commander'
import { backupCommandOf } from '../../db/open.ts'
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
  const { file: database } = store
  if (database === undefined) {
    const command = await backupCommandOf(store.url, file)
    throw new InvalidInputError({ problem: 'no_backup_here', command: command ?? '' })
  }
  for (const one of [file, ...database.besideCopy(file)]) {
    const found = await requireWritablePath(one, store)
    if (found !== undefined && !replaces) {
      throw new InvalidInputError({ problem: 'path_there', path: one })
    }
  }
  const part = `${file}${PART_MARK}${hostname()}-${process.pid}`
  await removeStaleParts(path.dirname(file))
  try {
    await database.copyTo(part)
    await syncToDisk(part)
    if (replaces) for (const one of database.besideCopy(file)) await rm(one, { force: true })
    await renameIntoPlace(part, file, replaces)
    await syncToDisk(path.dirname(file))
  } finally {
    for (const one of [part, ...database.besideCopy(part)]) await rm(one, { force: true })
  }
  const { size } = await stat(file)
  if (isJson) await printJson({ path: file, size })
  else await printLine(phrase(config.language, 'backedUp', { path: file, size }))
  return 0
}

/** Marks an unfinished copy; host name and process id follow. */
const PART_MARK = '.tallyman-backup-'

/** Removes unfinished copies of backups into this folder that were killed on this machine. */
async function removeStaleParts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, maker = ''] = name.split(PART_MARK)
    const pid = maker.startsWith(`${hostname()}-`) ? maker.slice(hostname().length + 1) : ''
    const isLeft = /^\d+(-[a-z]+)?$/.test(pid) && !isAlive(parseInt(pid, 10))
    if (isLeft) await rm(path.join(folder, name), { force: true })
  }
}

/** Another process may have the same id by now; then a later backup removes the copy. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Renames the copy into place without overwriting a file that appeared meanwhile. */
async function renameIntoPlace(part: string, file: string, replaces: boolean): Promise<void> {
  if (replaces) return await rename(part, file)
  try {
    await link(part, file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') throw new InvalidInputError({ problem: 'path_there', path: file })
    // Not every file system has hard links.
    await rename(part, file)
  }
}

async function syncToDisk(file: string): Promise<void> {
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
