import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of the test's own, gone when the test is over. */
export function tmpDir(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
