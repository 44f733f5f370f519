import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'

/** For whoever runs Tallyman alone: records and rejects are in it. */
const MODE = { file: 0o600, folder: 0o700 }

/** What is there is left as it is: somebody may have opened it to others on purpose. */
export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: MODE.folder })
}

/**
 * An empty file, which SQLite takes for a new database and, with it, as the model of those beside it.
 * What is there is left as it is.
 */
export function makeFile(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', MODE.file))
}
