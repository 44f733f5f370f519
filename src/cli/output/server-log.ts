import pino, { type Logger } from 'pino'
import { z } from 'zod'
import { escapeJson, shown, shownLines } from '../../i18n/shown.ts'

/** The server's log on standard error: JSON for a collector, lines for a terminal. */
export function openServerLog(level: string, stream: NodeJS.WriteStream): Logger {
  const options = { name: 'tallyman', level }
  if (stream.isTTY) {
    return pino(options, { write: (line) => void stream.write(`${readable(line)}\n`) })
  }
  const destination = pino.destination({ dest: 2, sync: true })
  return pino(options, {
    write: (line) => void destination.write(`${escapeJson(line.trimEnd())}\n`),
  })
}

const written = z.looseObject({
  level: z.number(),
  time: z.number(),
  msg: z.string().default(''),
  err: z.looseObject({ stack: z.string() }).optional(),
})
const NOT_SHOWN = new Set(['level', 'time', 'msg', 'err', 'name', 'pid', 'hostname'])

/**
 * Formats a log entry as one line of time, level, message and details, followed by an error's
 * stack.
 */
export function readable(line: string): string {
  const entry = written.parse(JSON.parse(line))
  const details = Object.entries(entry)
    .filter(([name]) => !NOT_SHOWN.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    // Otherwise a multi-line detail would look like several entries.
    .map((detail) => detail.replaceAll('\n', '\\n'))
  const time = new Date(entry.time).toISOString().slice(11, 19)
  const level = (pino.levels.labels[entry.level] ?? '').padEnd(5)
  const sentence = shown([time, level, entry.msg, ...details].filter(Boolean).join(' '))
  return entry.err === undefined ? sentence : `${sentence}\n${shownLines(entry.err.stack)}`
}
