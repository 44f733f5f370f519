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
 * A source that is open. A name may lead to something else at any time: so it is opened once, and
 * all that is to be known of it is read from there.
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

  /** @throws NoRegularFileError, or what the system says */
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

  /** Of all that it holds; null until it is known. */
  get sha256(): string | null {
    return this.#sha256
  }

  /** Its bytes, decompressed. They can be read several times. */
  read(options: SourceOptions): Source {
    return readSource(this.#handle, this.description, { ...this.#reading, ...options })
  }

  /** Comes to know its hash, unless it is changed meanwhile: then there is none. */
  async hash(signal?: AbortSignal): Promise<void> {
    const before = this.#identity
    const signals = [signal, this.#reading.stopSignal].filter((one) => one !== undefined)
    const stopSignal = AbortSignal.any(signals)
    const sha256 = await sha256Of(this.#handle, { ...this.#reading, stopSignal })
    if (isUntouched(await identityOf(this.#handle), before)) this.#sha256 = sha256
  }

  /**
   * Makes sure that all that was read of it lies there still, under its name.
   * @throws JobFailure `source_changed`
   */
  async check(): Promise<void> {
    if (await this.#isNamed()) await this.expect(this.#identity, this.#sha256)
    else throw this.#changed()
  }

  /**
   * Makes sure that it is what was known before. A file that was not touched is trusted; one that
   * was is read again and compared by its hash.
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
