import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { aJobOf, EDIT } from '../../support/pages/an-assistant.ts'
import { sendStep } from '../../support/pages/fill-form.ts'
import { pageOf, textOf } from '../../support/pages/html.ts'
import { tallyman } from '../../support/programs/in-process.ts'
import { tmpDir } from '../../support/tmp.ts'

/** Values that do not compress to nothing. */
const LINES = Array.from({ length: 400 }, (_, at) => `${at},${(at * 7919) % 100_003}\n`).join('')
const WHOLE = gzipSync(`id,value\n${LINES}`)

const changed = (at: number) => {
  const bytes = Buffer.from(WHOLE)
  bytes[at] = (bytes[at] ?? 0) ^ 0xff
  return bytes
}

describe.each([
  ['cut in half', WHOLE.subarray(0, WHOLE.length / 2), 'ends too early'],
  ['whose checksum is another', changed(WHOLE.length - 8), 'is damaged'],
  ['that is damaged in the middle', changed(Math.floor(WHOLE.length / 2)), 'is damaged'],
])('a compressed file %s', (_name, content, sentence) => {
  test('is told at its step, with the records before, and leads no further', async () => {
    const app = await aJobOf({ 'half.csv.gz': content })
    const page = await pageOf(await app.get(`${EDIT}/file`))
    const told = textOf(page.querySelector('main [role="alert"]'))
    expect(told).toContain(`The file half.csv.gz ${sentence}`)
    expect(
      page.querySelectorAll('[aria-labelledby="preview-title"] tbody tr').length,
    ).toBeGreaterThanOrEqual(10)
    await pageOf(await sendStep(app, `${EDIT}/file`, { act: 'next' }), 422)
  })

  test('is told by inspect, before all else', async () => {
    const folder = tmpDir()
    writeFileSync(path.join(folder, 'half.csv.gz'), content)
    const { code, out } = await tallyman(folder, ['inspect', 'half.csv.gz'])
    expect([code, out.split('\n')[0]]).toEqual([2, expect.stringContaining(sentence)])
    const json = await tallyman(folder, ['inspect', 'half.csv.gz', '--json'])
    const { problem }: { problem?: string } = JSON.parse(json.out)
    expect(problem).toContain(sentence)
  })
})
