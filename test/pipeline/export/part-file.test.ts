import { open } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { JobFailure } from '../../../src/domain/words/failures.ts'
import { PartFile } from '../../../src/pipeline/export/part-file.ts'
import { tmpDir } from '../../support/tmp.ts'

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

test('a stop while the part of an earlier run is read is no fault of the part', async () => {
  const result = path.join(tmpDir(), 'out.csv')
  const part = await PartFile.create(result, 1)
  await part.write(Buffer.from('id\n'), 0)
  const { sha256 } = part
  await part.close()

  const left = { size: 3, sha256, mayBeHeld: true }
  const reason = new Error('stopped')
  const stopped = PartFile.reopen(result, 1, { ...left, stopSignal: AbortSignal.abort(reason) })
  await expect(stopped).rejects.toBe(reason)
  const again = await PartFile.reopen(result, 1, left)
  expect(again?.sha256).toBe(sha256)
  await again?.close()
})
