import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { MAIN } from '../support/programs/main.ts'

/** The address of the list of jobs, where a server told its own. */
export function jobsAt(told: string): string {
  const { url }: { url: string } = JSON.parse(told)
  return new URL('jobs', url).href
}

/** A console without workers: no job runs unless somebody runs it. */
export async function startServer(
  folder: string,
  database: string,
): Promise<{ jobs: string; stop(): Promise<void> }> {
  const args = ['serve', '--port', '0', '--workers', '0', '--json', '--database', database]
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await once(child.stdout, 'data')
  return {
    jobs: jobsAt(String(line)),
    async stop() {
      child.kill()
      await once(child, 'exit')
    },
  }
}
