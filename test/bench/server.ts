import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { MAIN } from '../support/programs/main.ts'

/** A console without workers: no job runs unless somebody runs it. */
export async function startServer(
  folder: string,
  database: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const args = ['serve', '--port', '0', '--workers', '0', '--json', '--database', database]
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await once(child.stdout, 'data')
  const { url } = JSON.parse(String(line))
  return {
    url: String(url),
    async stop() {
      child.kill()
      await once(child, 'exit')
    },
  }
}
