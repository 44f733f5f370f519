import type { Command } from 'commander'
import { openForMove, openStore, takeOverOf } from '../../db/open.ts'
import { shownUrl } from '../../db/shown-url.ts'
import { phrase, type Language } from '../../i18n/catalogue.ts'
import { formatPercent } from '../../i18n/format.ts'
import { helpIn } from '../../i18n/help.ts'
import type { Session } from '../ground/session.ts'
import { stopOnSignals } from '../ground/signals.ts'
import { moveDatabase, type MoveOptions, type Moved, type Moving } from './move-database.ts'
import { printJson, printLine, printToStderr } from '../output/print.ts'
import { bar, statusLine } from '../output/status-line.ts'

type Addresses = { from: string; to: string }

/** As of a job that finished with rejects. */
const MISSING_EXIT_CODE = 3

export function addMove(program: Command, session: Session): void {
  const { language } = session
  const help = helpIn(language).move
  program
    .command('move')
    .description(help.about)
    .requiredOption('--from <url>', help.from)
    .requiredOption('--to <url>', help.to)
    .addHelpText('after', help.examples)
    .action(async (addresses: Addresses, command: Command) => {
      const { json }: { json?: unknown } = command.optsWithGlobals()
      session.exitCode = await move(addresses, language, json === true)
    })
}

async function move({ from, to }: Addresses, language: Language, isJson: boolean): Promise<number> {
  const takeOver = await takeOverOf(to)
  const source = await openStore(from, { mustExist: true })
  try {
    const target = await openForMove(to)
    try {
      return await moveAndTell({ source, target, takeOver }, language, isJson)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function moveAndTell(moving: Moving, language: Language, isJson: boolean): Promise<number> {
  const { stopSignal, removeListeners } = stopOnSignals(() => undefined)
  const line = statusLine(process.stderr, () => performance.now())
  const progressed: MoveOptions['progressed'] = ({ table, rows, of }) =>
    line.draw(() => {
      const share = of === 0 ? 1 : rows / of
      const text = phrase(language, 'moveProgress', { table, count: rows })
      return `${bar(share)} ${formatPercent(language, share)}  ${text}`
    })
  try {
    const moved = await moveDatabase(moving, { now: () => new Date(), stopSignal, progressed })
    line.clear()
    await tell(moved, moving, language, isJson)
    return moved.missing.length > 0 ? MISSING_EXIT_CODE : 0
  } catch (error) {
    line.clear()
    if (!stopSignal.aborted) throw error
    printToStderr(phrase(language, 'moveStopped'))
    return 1
  } finally {
    removeListeners()
  }
}

async function tell(
  { rows, files, missing }: Moved,
  { source, target }: Moving,
  language: Language,
  isJson: boolean,
): Promise<void> {
  for (const path of missing) printToStderr(phrase(language, 'moveLacksFile', { path }))
  const [from, to] = [shownUrl(source.url), shownUrl(target.url)]
  if (isJson) return await printJson({ from, to, rows, files, missing_files: missing })
  const {
    tallyman_job: jobs = 0,
    tallyman_journal: entries = 0,
    tallyman_reject: rejects = 0,
  } = rows
  await printLine(phrase(language, 'moved', { from, to, jobs, entries, rejects, files }))
  await printLine(phrase(language, 'tablesStay', { from }))
}
