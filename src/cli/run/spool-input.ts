import type { Store } from '../../db/store.ts'
import type { FilesPlace } from '../../domain/specification/kept-files.ts'
import { storedPath } from '../../domain/specification/stored-path.ts'
import { ConflictError, isOutOfSpace } from '../../domain/words/errors.ts'
import { condemnFile } from '../../db/files/stored-files.ts'
import { FileWriter } from '../../pipeline/files/file-writer.ts'
import { clearFiles } from '../../worker/cleanup/clear-up.ts'
import { stopOnSignals } from '../ground/signals.ts'

type Spooling = { place: FilesPlace; actor: string }

/**
 * Spools standard input to a file that Tallyman keeps. The import knows its size, can resume, and can
 * be inspected. The copy is removed if `use` fails.
 */
export async function spoolInput<Result>(
  store: Pick<Store, 'db' | 'file'>,
  { place, actor }: Spooling,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const signals = stopOnSignals(() => process.stdin.destroy())
  const writer = await FileWriter.create(store, place, { name: 'stdin', actor })
  try {
    await copyInput(writer, signals.stopSignal)
    signals.removeListeners()
    return await use(storedPath(writer.id))
  } catch (error) {
    await condemnFile(store.db, writer.id)
    await clearFiles(store.db)
    throw error
  } finally {
    signals.removeListeners()
  }
}

async function copyInput(writer: FileWriter, stopSignal: AbortSignal): Promise<void> {
  try {
    for await (const chunk of process.stdin) {
      if (Buffer.isBuffer(chunk)) await writer.write(chunk)
    }
    stopSignal.throwIfAborted()
    await writer.finish()
  } catch (error) {
    if (stopSignal.aborted) throw new ConflictError({ problem: 'input_cut' }, { cause: error })
    if (isOutOfSpace(error)) throw new ConflictError({ problem: 'no_room' }, { cause: error })
    throw error
  }
}
