import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { watch as watchFiles } from 'node:fs'
import { watch } from 'rolldown'
import { BUNDLES } from './build.ts'

/**
 * `npm run dev`: builds again whenever a source changes, and starts the server anew with what was
 * typed behind it; so it does when a style or a script of the pages changes, which it reads once.
 */
const watcher = watch(BUNDLES)
const assets = watchFiles('public', { recursive: true }, () => void restart())
let server: ChildProcess | undefined
let restarting: Promise<void> | undefined

watcher.on('event', async (event) => {
  if (event.code === 'ERROR') console.error(event.error)
  if (event.code === 'END') await restart()
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    assets.close()
    await watcher.close()
    await restarting
    await stop()
  })
}

/** Several changes at once are one. */
function restart(): Promise<void> {
  restarting ??= stop().then(() => {
    restarting = undefined
    server = spawn(process.execPath, ['dist/src/main.js', 'serve', ...process.argv.slice(2)], {
      stdio: 'inherit',
    })
  })
  return restarting
}

async function stop(): Promise<void> {
  if (server === undefined || server.exitCode !== null) return
  const gone = once(server, 'exit')
  server.kill('SIGTERM')
  await gone
}
