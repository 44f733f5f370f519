import type { Db, SourceBytes } from '../../db/store.ts'
import { JobFailure } from '../../domain/words/failures.ts'
import { storedId, type SourcePlace } from '../../domain/specification/stored-path.ts'
import { isUntouched, sha256Of, type FileIdentity } from '../files/identity.ts'
import { openBeneath, openFile } from '../files/open-file.ts'
import { openedOnDisk, type OpenedFile } from '../files/opened-file.ts'
import { openStored } from '../files/stored-file.ts'
import { sourceFailure } from './source-failure.ts'
import { isGzip, readSource, type ByteSource, type SourceOptions } from './source.ts'

export type SourceDescription = FileIdentity & { gzip: boolean }

/**
 * An open source. Its path may lead elsewhere at any time, so it is opened once and everything is
 * read through this handle.
 */
export class SourceFile {
  readonly #file: OpenedFile
  readonly #gzip: boolean
  readonly #reading: SourceBytes
  #identity: FileIdentity
  #sha256: string | null
  #failure: JobFailure | undefined

  private constructor(file: OpenedFile, gzip: boolean, reading: SourceBytes) {
    this.#file = file
    this.#sha256 = file.sha256
    this.#reading = reading
    this.#gzip = gzip
    this.#identity = file.identity
  }

  /**
   * @param db where a stored file is; undefined where only files on this machine are read
   * @throws NoRegularFileError, NoStoredFileError, or a system error
   */
  static async open(
    db: Db | undefined,
    place: SourcePlace,
    reading: SourceBytes = {},
  ): Promise<SourceFile> {
    const file = await openPlace(db, place)
    try {
      return new SourceFile(file, await isGzip(file), reading)
    } catch (error) {
      await file.close()
      throw error
    }
  }

  /** Its path, or the name of a stored file, for messages. */
  get path(): string {
    return this.#file.name
  }

  get description(): SourceDescription {
    return { ...this.#identity, gzip: this.#gzip }
  }

  /** SHA-256 of the whole file in hexadecimal; null until known. */
  get sha256(): string | null {
    return this.#sha256
  }

  /** The decompressed bytes. Can be called several times. */
  read(options: SourceOptions): ByteSource {
    const source = readSource(this.#file, this.description, { ...this.#reading, ...options })
    const noted = this.#noteFailure(source)
    return {
      get size() {
        return source.size
      },
      get bytesRead() {
        return source.bytesRead
      },
      [Symbol.asyncIterator]: () => noted,
    }
  }

  /** What kept it from being read further, as far as it was read. */
  get failure(): JobFailure | undefined {
    return this.#failure
  }

  async *#noteFailure(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      yield* bytes
    } catch (error) {
      this.#failure = sourceFailure(error, this.path)
      throw error
    }
  }

  /** Computes the hash, which stays null if the file changes meanwhile. */
  async hash(signal?: AbortSignal): Promise<void> {
    const before = this.#identity
    const signals = [signal, this.#reading.stopSignal].filter((one) => one !== undefined)
    const stopSignal = AbortSignal.any(signals)
    const sha256 = await sha256Of(this.#file, { ...this.#reading, stopSignal })
    if (isUntouched(await this.#file.identityNow(), before)) this.#sha256 = sha256
  }

  /**
   * Checks that the file is unchanged and still under its path.
   * @throws JobFailure `source_changed`
   */
  async check(): Promise<void> {
    if (await this.#file.isNamed()) await this.expect(this.#identity, this.#sha256)
    else throw this.#changed()
  }

  /**
   * Checks that the file is the one known before. An untouched file is trusted; a touched one is
   * hashed again and compared.
   * @throws JobFailure `source_changed`
   */
  async expect(before: FileIdentity, sha256: string | null): Promise<void> {
    const now = await this.#file.identityNow()
    if (!isUntouched(now, before)) {
      if (sha256 === null || now.size !== before.size) throw this.#changed()
      if ((await sha256Of(this.#file, this.#reading)) !== sha256) throw this.#changed()
      if (!isUntouched(await this.#file.identityNow(), now)) throw this.#changed()
    }
    this.#identity = now
    if (sha256 !== null) this.#sha256 = sha256
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  #changed(): JobFailure {
    return new JobFailure('source_changed', { path: this.path })
  }
}

async function openPlace(db: Db | undefined, { path, beneath }: SourcePlace): Promise<OpenedFile> {
  const id = storedId(path)
  if (db !== undefined && id !== undefined) return await openStored(db, id)
  const handle = beneath === null ? await openFile(path) : await openBeneath(beneath, path)
  try {
    return await openedOnDisk(path, handle)
  } catch (error) {
    await handle.close()
    throw error
  }
}
