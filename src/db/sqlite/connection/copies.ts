import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'

/** Rehearsal copies of dry runs, listed only until they are open and lose their path. */
export function openCopies(file: string) {
  const pathOf = (jobId: number) => `${file}-rehearsal-${jobId}`
  const name = path.basename(pathOf(0)).slice(0, -1)
  return {
    pathOf,
    /** Ids of the jobs that have one: they are copying now, or were killed during the copy. */
    list(): number[] {
      const ids = readdirSync(path.dirname(file)).flatMap((found) => {
        const id = found.startsWith(name) ? /^\d+/.exec(found.slice(name.length)) : null
        return id === null ? [] : [Number(id[0])]
      })
      return [...new Set(ids)]
    },
    remove(jobId: number): void {
      for (const end of ['', '-journal', '-wal']) rmSync(pathOf(jobId) + end, { force: true })
    },
  }
}
export type Copies = ReturnType<typeof openCopies>
