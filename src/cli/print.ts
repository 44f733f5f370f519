import { once } from 'node:events'
import { pictureOf } from '../i18n/picture.ts'

/** Writes to standard output and waits where the reader is slower. */
export async function print(text: string | Buffer): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

/** Labels, columns and values come from files: what would move the cursor or more is shown instead. */
export async function printLine(text: string): Promise<void> {
  await print(`${tamed(text)}\n`)
}

export async function printJson(value: unknown): Promise<void> {
  await print(`${JSON.stringify(value)}\n`)
}

/** What is said beside the result: never on standard output. */
export function say(text: string): void {
  process.stderr.write(`${tamed(text)}\n`)
}

function tamed(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]/gu, pictureOf)
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
