import type { Context } from 'hono'
import type { StoredFile } from '../../db/files/stored-files.ts'
import { NotFoundError } from '../../domain/words/errors.ts'
import { FileWriter } from '../../pipeline/files/file-writer.ts'
import { findUpload, giveUpUpload } from '../../pipeline/files/uploads.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { receiveBytes, tooLarge } from './receive-bytes.ts'
import { receiveForm } from './receive-form.ts'
import { uploadName } from './upload-name.ts'

/** What a form may have besides its file, in bytes. */
const BESIDE = 1_000_000

/**
 * Stores the files of a multipart form, at most `files`; where one does not arrive whole, none is
 * left.
 * @param most bytes of each
 * @returns their ids
 */
export async function receiveFiles(
  c: Context<AppEnv>,
  deps: AppDeps,
  { most, files }: { most: number; files: number },
): Promise<string[]> {
  if (Number(c.req.header('content-length') ?? 0) > files * most + BESIDE) throw tooLarge(most)
  const ids: string[] = []
  try {
    return await receiveForm(c.req.raw, files, async (name, bytes) => {
      const begun = await beginFile(c, deps, name)
      ids.push(begun.id)
      await receiveBytes(bytes, begun, most)
      await begun.finish()
      return begun.id
    })
  } catch (error) {
    // The one that is not whole first: it makes room on a disk that is full.
    for (const id of ids.toReversed()) await dropUpload(deps, id)
    throw error
  }
}

export async function beginFile(
  c: Context<AppEnv>,
  { store, settings }: AppDeps,
  name: string | undefined,
): Promise<FileWriter> {
  const actor = c.get('ui').operator
  return await FileWriter.create(store, settings.files, { name: uploadName(name), actor })
}

/** @throws NotFoundError for a file that is gone, or that a job has */
export async function requireFile({ store }: AppDeps, id: string): Promise<StoredFile> {
  const file = await findUpload(store.db, id)
  if (file !== undefined) return file
  throw new NotFoundError({ problem: 'stored_file_gone' })
}

/** Removes an upload that nobody will use. */
export async function dropUpload({ store, clearUp }: AppDeps, id: string): Promise<void> {
  await giveUpUpload(store.db, id)
  clearUp()
}
