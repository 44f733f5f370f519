import path from 'node:path'
import { TestRunner, type RunnerTask, type RunnerTestFile } from 'vitest'
import { ONLY_ON_SQLITE } from './only-on-sqlite.ts'

const root = path.join(import.meta.dirname, '../../..')

type Tell = (files: RunnerTestFile[]) => Promise<void>

/** Leaves out the tests that are listed, as if they were not there; a skipped one would be a failure. */
export default class PostgresRunner extends TestRunner {
  #tell: Tell | undefined

  /** Vitest puts its own here, which tells the reporters: what is left out must be gone by then. */
  set onCollected(tell: Tell) {
    this.#tell = tell
  }

  get onCollected(): Tell | undefined {
    const tell = this.#tell
    if (tell === undefined) return undefined
    return async (files) => {
      for (const file of files) leaveOutOf(file)
      await tell(files)
    }
  }
}

function leaveOutOf(file: RunnerTestFile): void {
  const suite = path.relative(root, file.filepath).split(path.sep).join('/')
  const listed = ONLY_ON_SQLITE[suite]
  if (Array.isArray(listed)) leaveOut(suite, file, listed)
}

function leaveOut(suite: string, file: RunnerTestFile, listed: string[]): void {
  for (const title of listed) {
    if (remove(file.tasks, title) === 0) throw new Error(`${suite} has no test "${title}"`)
  }
}

/** A title with cases stands for all of them. */
function remove(tasks: RunnerTask[], title: string): number {
  const left = tasks.filter((task) => task.type === 'suite' || !task.name.startsWith(title))
  let removed = tasks.length - left.length
  for (const task of left) if (task.type === 'suite') removed += remove(task.tasks, title)
  tasks.splice(0, tasks.length, ...left)
  return removed
}
