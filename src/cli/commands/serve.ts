import { mkdir, stat } from 'node:fs/promises'
import { once } from 'node:events'
import path from 'node:path'
import type { Command } from 'commander'
import {
  DEFAULT_INBOX,
  DEFAULT_OUTBOX,
  type Config,
  type ServerConfig,
  type TypedServer,
} from '../../config.ts'
import { kindOf } from '../../db/kind.ts'
import { resultsFolderOf } from '../../domain/specification/kept-files.ts'
import { WrongSettingsError } from '../../domain/words/errors.ts'
import { phrase } from '../../i18n/catalogue.ts'
import { helpIn } from '../../i18n/help.ts'
import { filesOption, hostOption, keepDaysOption, portOption } from '../options/server-options.ts'
import { watchDatabase } from '../../worker/liveness/watch-database.ts'
import { printJson, printLine } from '../output/print.ts'
import type { Call, Session } from '../ground/session.ts'
import { stopOnSignals } from '../ground/signals.ts'
import { saveMemory } from '../ground/heap-limits.ts'

export function addServe(program: Command, session: Session): void {
  const { language } = session
  const help = helpIn(language).serve
  program
    .command('serve')
    .description(help.about)
    .addOption(portOption(language))
    .addOption(hostOption(language))
    .option('--workers <n>', help.workers)
    .addOption(keepDaysOption(language))
    .addOption(filesOption(language))
    .addHelpText('after', help.examples)
    .action(async (typed: TypedServer, command: Command) => {
      const server = session.serverConfig(typed)
      const act = async (call: Call) => {
        await makeFolders(server, call.config)
        return await serve(call, server)
      }
      const opening = { mustExist: false, priority: 'first' } as const
      await session.run(command.optsWithGlobals(), act, opening)
    })
}

async function serve({ store, config, isJson }: Call, server: ServerConfig): Promise<number> {
  const { language } = config
  saveMemory()
  // Imported here because pages take as long to load as all the rest, and no other command needs
  // them.
  const { openServerLog } = await import('../output/server-log.ts')
  const { startServer } = await import('../run/start-server.ts')
  const log = openServerLog(server.logLevel, process.stderr)
  const { stopSignal } = stopOnSignals(() => log.info(phrase(language, 'serverStops')))
  // An unexpected error in one request must not end the others.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'A promise was rejected.'))

  const running = await startServer({ store, config, server, log })
  const { url } = running
  if (isJson) await printJson({ url })
  else await printLine(phrase(language, 'listens', { url }))

  if (!(await kindOf(store.db).indexTexts(store.db))) log.warn(phrase(language, 'searchIsPlain'))

  const watching = watchDatabase(store)
  const ending = AbortSignal.any([stopSignal, watching.signal])
  if (!ending.aborted) await once(ending, 'abort')
  watching.stop()
  await running.stop()
  watching.signal.throwIfAborted()
  return 0
}

/** Creates the default folders. A missing folder that was named is more likely a mistake. */
async function makeFolders({ inboxes }: ServerConfig, { outbox, files }: Config): Promise<void> {
  const missing: { folder: string; name: string }[] = []
  const require = async (name: string, folder: string) => {
    if (!(await isFolder(folder))) missing.push({ name, folder })
  }
  const requireOrMake = async (name: string, folder: string, byDefault: string) => {
    if (folder === byDefault) await mkdir(folder, { recursive: true, mode: 0o700 })
    else await require(name, folder)
  }
  for (const inbox of inboxes) await requireOrMake('TALLYMAN_INBOX', inbox, DEFAULT_INBOX)
  if (typeof files !== 'string') await require('--files', files.folder)
  if (missing.length === 0) {
    const byDefault = resultsFolderOf(files) ?? path.resolve(DEFAULT_OUTBOX)
    await requireOrMake('TALLYMAN_OUTBOX', outbox, byDefault)
  }
  if (missing.length === 0) return
  throw new WrongSettingsError(
    missing.map(({ name, folder }) => ({ name, problem: { problem: 'no_folder', path: folder } })),
  )
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true
}
