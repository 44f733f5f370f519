import path from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import type { Store } from '../../src/db/store.ts'
import { tmpDir } from './tmp.ts'

/** A folder, and its database as a command in it finds that; closed when the test is over. */
export async function aStore(
  folder = tmpDir(),
  name = 'test.db',
): Promise<{ folder: string; store: Store }> {
  const store = await openStore(`sqlite:${path.join(folder, name)}`)
  onTestFinished(() => store.close())
  return { folder, store }
}
