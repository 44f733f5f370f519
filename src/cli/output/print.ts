import { once } from 'node:events'
import { escapeJson, shown } from '../../i18n/shown.ts'

/** Writes to standard output and waits where the reader is slower. */
export async function print(text: string | Buffer): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

/** One line, whatever the labels, columns and values hold that stand in it. */
export async function printLine(line: string): Promise<void> {
  await print(`${shown(line)}\n`)
}

export async function printLines(lines: string[]): Promise<void> {
  await print(lines.map((line) => `${shown(line)}\n`).join(''))
}

export async function printJson(value: unknown): Promise<void> {
  await print(`${escapeJson(JSON.stringify(value))}\n`)
}

/** What is said beside the result, on one line: never on standard output. */
export function printToStderr(line: string): void {
  process.stderr.write(`${shown(line)}\n`)
}

/** A process has one standard output, however often the program is run in it. */
let isEnding = false
let isOutlived = false

/** From now on whoever writes hears of a reader that went away, and the program goes on. */
export function outliveReader(): void {
  isOutlived = true
}

/**
 * A reader that went away, as `head` does, ends the program without a word. Where it was the
 * supervisor, the job must be let go of first.
 */
export function endWithReader(): void {
  if (isEnding) return
  isEnding = true
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (isOutlived) return
      if (error.code !== 'EPIPE') throw error
      if (process.connected === undefined) process.exit(process.exitCode ?? 0)
    })
  }
}
