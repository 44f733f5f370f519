import { isUntouched, sha256Of, type FileIdentity } from '../files/identity.ts'
import type { OpenedFile } from '../files/opened-file.ts'

/** Bounds the memory for files that are never requested again. */
const MOST_FILES = 1_000

/** A cache of file hashes. A file touched since is hashed again. */
export class KnownHashes {
  readonly #known = new Map<string, string>()

  /** The hash in hexadecimal; undefined if the file has changed since it was opened. */
  async of(file: OpenedFile, signal?: AbortSignal): Promise<string | undefined> {
    if (file.sha256 !== null) return file.sha256
    const key = keyOf(file.identity)
    const known = this.#known.get(key)
    if (known !== undefined) return known

    const sha256 = await sha256Of(file, { stopSignal: signal })
    if (!isUntouched(await file.identityNow(), file.identity)) return undefined
    this.#known.set(key, sha256)
    const [oldest] = this.#known.keys()
    if (this.#known.size > MOST_FILES && oldest !== undefined) this.#known.delete(oldest)
    return sha256
  }
}

function keyOf({ dev, ino, size, mtimeMs, ctimeMs }: FileIdentity): string {
  return [dev, ino, size, mtimeMs, ctimeMs].join(' ')
}
