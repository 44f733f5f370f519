import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'

/** Private to the user who runs Tallyman, since the files contain records and rejects. */
const MODE = { file: 0o600, folder: 0o700 }

/** Leaves an existing folder unchanged: its mode may be wider on purpose. */
export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: MODE.folder })
}

/**
 * Creates an empty file, which SQLite opens as a new database and whose mode SQLite copies to the
 * files beside it. An existing file is left unchanged.
 */
export function makeFile(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', MODE.file))
}
