import { pino } from 'pino'

type Line = Record<string, unknown>

/** A log that is kept, each line as the object that it was. */
export function aLog(level = 'debug') {
  const lines: Line[] = []
  const log = pino({ level }, { write: (line) => void lines.push(JSON.parse(line)) })
  return { log, lines }
}
