import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** The environment of a process, its threads and its children that load this before all else. */
export function preloaded(name: 'deadly-function' | 'set-clock'): Record<string, string> {
  const file = path.join(import.meta.dirname, 'preload', `${name}.ts`)
  return { NODE_OPTIONS: `--import=${pathToFileURL(file).href}` }
}
