import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'

/** In bytes, what a server keeps of a name. */
const LONGEST_NAME = 63

/** Told apart from processes of the same number on machines of the same name. */
export function processName(pid = process.pid): string {
  const end = `:${pid} ${randomUUID().slice(0, 8)}`
  return `tallyman ${host()}`.slice(0, LONGEST_NAME - end.length) + end
}

/** The number of the process with this name; undefined for one of another machine. */
export function processOnThisMachine(name: string): number | undefined {
  const [, machine, pid] = /^tallyman (.*):(\d+) \w+$/.exec(name) ?? []
  return machine !== undefined && machine === host() ? Number(pid) : undefined
}

function host(): string {
  return hostname().replace(/[^\x20-\x7e]/g, '?')
}
