import type { Store } from '../../../src/db/store.ts'
import type { FilesPlace } from '../../../src/domain/specification/kept-files.ts'
import { FileWriter } from '../../../src/pipeline/files/file-writer.ts'

/** A file that Tallyman keeps, as an upload leaves it. @returns its id */
export async function aStoredFile(
  store: Pick<Store, 'db' | 'file'>,
  content: string | Buffer,
  { place = 'database', name = 'people.csv' }: { place?: FilesPlace; name?: string } = {},
): Promise<string> {
  const writer = await FileWriter.create(store, place, { name, actor: 'eva' })
  await writer.write(Buffer.from(content))
  await writer.finish()
  return writer.id
}
