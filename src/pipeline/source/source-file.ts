import { stat, type FileHandle } from 'node:fs/promises'
import type { SourceBytes } from '../../db/store.ts'
import { JobFailure } from '../../domain/words/messages.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import {
  identityOf,
  isSameFile,
  isUntouched,
  settledIdentity,
  sha256Of,
  type FileIdentity,
} from './identity.ts'
import { openBeneath, openFile } from './open-file.ts'
import { isGzip, readSource, type Source, type SourceOptions } from './source.ts'

export type SourceDescription = FileIdentity & { gzip: boolean }

/**
 * An open source. Its path may lead elsewhere at any time, so it is opened once and everything is
 * read through this handle.
 */
export class SourceFile {
  readonly path: string
  readonly #handle: FileHandle
  readonly #gzip: boolean
  readonly #reading: SourceBytes
  #identity: FileIdentity
  #sha256: string | null = null

  private constructor(
    { path, handle, reading }: { path: string; handle: FileHandle; reading: SourceBytes },
    { gzip, ...identity }: SourceDescription,
  ) {
    this.path = path
    this.#handle = handle
    this.#reading = reading
    this.#gzip = gzip
    this.#identity = identity
  }

  /** @throws NoRegularFileError, or a system error */
  static async open(
    { path, beneath }: Pick<ImportSpecification, 'path' | 'beneath'>,
    reading: SourceBytes = {},
  ): Promise<SourceFile> {
    const handle = beneath === null ? await openFile(path) : await openBeneath(beneath, path)
    try {
      const gzip = await isGzip(handle)
      const identity = await settledIdentity(handle)
      return new SourceFile({ path, handle, reading }, { ...identity, gzip })
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  get description(): SourceDescription {
    return { ...this.#identity, gzip: this.#gzip }
  }

  /** SHA-256 of the whole file in hexadecimal; null until known. */
  get sha256(): string | null {
    return this.#sha256
  }

  /** The decompressed bytes. Can be called several times. */
  read(options: SourceOptions): Source {
    return readSource(this.#handle, this.description, { ...this.#reading, ...options })
  }

  /** Computes the hash, which stays null if the file changes meanwhile. */
  async hash(signal?: AbortSignal): Promise<void> {
    const before = this.#identity
    const signals = [signal, this.#reading.stopSignal].filter((one) => one !== undefined)
    const stopSignal = AbortSignal.any(signals)
    const sha256 = await sha256Of(this.#handle, { ...this.#reading, stopSignal })
    if (isUntouched(await identityOf(this.#handle), before)) this.#sha256 = sha256
  }

  /**
   * Checks that the file is unchanged and still under its path.
   * @throws JobFailure `source_changed`
   */
  async check(): Promise<void> {
    if (await this.#isNamed()) await this.expect(this.#identity, this.#sha256)
    else throw this.#changed()
  }

  /**
   * Checks that the file is the one known before. An untouched file is trusted; a touched one is
   * hashed again and compared.
   * @throws JobFailure `source_changed`
   */
  async expect(before: FileIdentity, sha256: string | null): Promise<void> {
    const now = await identityOf(this.#handle)
    if (!isUntouched(now, before)) {
      if (sha256 === null || now.size !== before.size) throw this.#changed()
      if ((await sha256Of(this.#handle, this.#reading)) !== sha256) throw this.#changed()
      if (!isUntouched(await identityOf(this.#handle), now)) throw this.#changed()
    }
    this.#identity = now
    if (sha256 !== null) this.#sha256 = sha256
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  async #isNamed(): Promise<boolean> {
    const named = await stat(this.path).catch(() => undefined)
    return named !== undefined && isSameFile(named, this.#identity)
  }

  #changed(): JobFailure {
    return new JobFailure('source_changed', { path: this.path })
  }
}
