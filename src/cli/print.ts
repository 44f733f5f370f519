import { once } from 'node:events'

/** Writes to standard output and waits where the reader is slower. */
export async function print(text: string | Buffer): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

export async function printLine(text: string): Promise<void> {
  await print(`${text}\n`)
}

export async function printJson(value: unknown): Promise<void> {
  await printLine(JSON.stringify(value))
}

/** What is said beside the result: never on standard output. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** A process has one standard output, however often the program is run in it. */
let isEnding = false

/**
 * A reader that went away, as `head` does, ends the program without a word. Where it was the
 * supervisor, the job must be let go of first.
 */
export function endWithReader(): void {
  if (isEnding) return
  isEnding = true
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      if (process.connected === undefined) process.exit(process.exitCode ?? 0)
    })
  }
}
