import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Store } from '../../db/store.ts'
import { ConflictError, isOutOfSpace } from '../../domain/words/errors.ts'
import { stopOnSignals } from '../ground/signals.ts'

/**
 * Spools standard input to a file beside the database (or, with a database server, in the temporary
 * folder) that only this user can read. The import knows its size, can resume, and can be
 * inspected. The copy is removed if `use` fails.
 */
export async function spoolInput<Result>(
  database: Pick<Store, 'file'>,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const beside = database.file?.beside ?? join(tmpdir(), 'tallyman')
  const path = `${beside}-input-${randomUUID()}`
  try {
    await copyInput(path)
    return await use(path)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

async function copyInput(path: string): Promise<void> {
  const signals = stopOnSignals(() => undefined)
  const { stopSignal: signal } = signals
  try {
    await pipeline(process.stdin, createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal })
  } catch (error) {
    if (signal.aborted) throw new ConflictError({ problem: 'input_cut' }, { cause: error })
    if (isOutOfSpace(error)) throw new ConflictError({ problem: 'no_room' }, { cause: error })
    throw error
  } finally {
    signals.removeListeners()
  }
}
