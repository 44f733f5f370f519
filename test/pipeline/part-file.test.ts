import { open } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { JobFailure } from '../../src/domain/messages.ts'
import { PartFile } from '../../src/pipeline/part-file.ts'
import { tmpDir } from '../support/tmp.ts'

/** Makes the system refuse what is written next into any file. */
async function refuseNextWrite(folder: string, code: string): Promise<void> {
  const handle = await open(path.join(folder, 'any'), 'w')
  await handle.close()
  const refused = Object.assign(new Error(`${code}: write`), { code })
  const spy = vi.spyOn(Object.getPrototypeOf(handle), 'write').mockRejectedValueOnce(refused)
  onTestFinished(() => spy.mockRestore())
}

test.each([
  ['ENOSPC', 'disk_full'],
  ['EDQUOT', 'disk_full'],
  ['EIO', 'output_failed'],
])(
  'what the system says against a write is the reason of the failure: %s, %s',
  async (code, reason) => {
    const folder = tmpDir()
    const part = await PartFile.create(path.join(folder, 'out.csv'), 1)
    onTestFinished(() => part.close())
    await refuseNextWrite(folder, code)
    const writing = part.write(Buffer.from('id\n'), 0)
    await expect(writing).rejects.toThrow(JobFailure)
    await expect(writing).rejects.toMatchObject({ reason })
  },
)
