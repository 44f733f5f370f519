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
 * Stores the file of a multipart form; what does not arrive whole leaves nothing.
 * @returns its id
 */
export async function receiveFile(
  c: Context<AppEnv>,
  deps: AppDeps,
  most: number,
): Promise<string> {
  if (Number(c.req.header('content-length') ?? 0) > most + BESIDE) throw tooLarge(most)
  return await receiveForm(c.req.raw, async (name, bytes) => {
    const begun = await beginFile(c, deps, name)
    try {
      await receiveBytes(bytes, begun, most)
      await begun.finish()
    } catch (error) {
      await dropUpload(deps, begun.id)
      throw error
    }
    return begun.id
  })
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
