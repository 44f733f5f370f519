import { once } from 'node:events'
import { escapeJson, shown } from '../../i18n/shown.ts'

/** Writes to standard output with backpressure. */
export async function print(text: string | Buffer): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

/** Prints one line; line ends within labels, columns and values are made visible. */
export async function printLine(line: string): Promise<void> {
  await print(`${shown(line)}\n`)
}

export async function printLines(lines: string[]): Promise<void> {
  await print(lines.map((line) => `${shown(line)}\n`).join(''))
}

export async function printJson(value: unknown): Promise<void> {
  await print(`${escapeJson(JSON.stringify(value))}\n`)
}

/** One line of log output, on standard error. */
export function printToStderr(line: string): void {
  process.stderr.write(`${shown(line)}\n`)
}

/** Module state, because a process has one standard output even if it runs several commands. */
let isListening = false
let isIgnored = false

/** From now on the writer handles a broken pipe, and the program continues. */
export function ignoreBrokenPipe(): void {
  isIgnored = true
}

/**
 * Exits silently on a broken pipe, as with `head`. Under a supervisor it does not exit, because the
 * job must be released first.
 */
export function exitOnBrokenPipe(): void {
  if (isListening) return
  isListening = true
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (isIgnored) return
      if (error.code !== 'EPIPE') throw error
      if (process.connected === undefined) process.exit(process.exitCode ?? 0)
    })
  }
}
