import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The folder of the package, above src/ in a checkout and above dist/ when built. */
export function packageRoot(): string {
  let folder = import.meta.dirname
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder)
  return folder
}

/** As the package has it, such as `1.2.3`. */
export function packageVersion(): string {
  const text = readFileSync(path.join(packageRoot(), 'package.json'), 'utf8')
  const { version }: { version?: unknown } = JSON.parse(text)
  return String(version)
}

/** The built file of a program that is started as a process or thread, such as `worker/liveness/heartbeat-thread`. */
export function programFile(name: string): string {
  return path.join(packageRoot(), 'dist/src', `${name}.js`)
}

/** For a thread that does little: each has a heap of its own, which would grow as the process's does. */
export const SMALL_THREAD = { maxYoungGenerationSizeMb: 4 }
