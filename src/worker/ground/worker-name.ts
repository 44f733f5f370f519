import { hostname } from 'node:os'

/** A name that tells people where the worker is; jobs are fenced by their claims. */
export function workerName(pid = process.pid): string {
  return `${hostname()}:${pid}`
}
