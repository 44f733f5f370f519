import {
  copyFileSync,
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, test } from 'vitest'
import { filled, run, specify } from '../support/pipeline/an-export.ts'

/** An export that was stopped in the middle, its part, and what its whole result must be. */
async function aStopped() {
  const { store, path } = await filled(12_000)
  await run(store, specify({ path }))
  const whole = readFileSync(path)
  rmSync(path)
  const { last } = await run(store, specify({ path }), { stopAfter: 2 })
  const own = { store, path, whole, last, part: `${path}.tallyman-7.part`, other: `${path}-other` }
  copyFileSync(own.part, own.other)
  return own
}

type Stopped = Awaited<ReturnType<typeof aStopped>>

const CASES: [string, (own: Stopped) => void][] = [
  ['a link to another file', ({ part, other }) => inPlace(part, () => symlinkSync(other, part))],
  ['another name of another file', ({ part, other }) => inPlace(part, () => linkSync(other, part))],
  ['other bytes of the same number', ({ part }) => hurt(part)],
  ['shorter', ({ part }) => truncateSync(part, 10)],
]

function inPlace(part: string, put: () => void): void {
  rmSync(part)
  put()
}

function hurt(file: string): void {
  const bytes = readFileSync(file)
  bytes[100] = (bytes[100] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

describe.each([false, true])(
  'a part (its worker died: %s) that is, when its export goes on,',
  (died) => {
    test.each(CASES)('%s, is not believed', async (_what, put) => {
      const own = await aStopped()
      const { store, path, whole, last, other } = own
      const before = readFileSync(other)
      put(own)
      const diedAfter = died ? last.counters.processed : null
      await run(store, specify({ path }), { resume: last, diedAfter })
      expect(readFileSync(path).equals(whole)).toBe(true)
      expect(readFileSync(other).equals(before)).toBe(true)
    })
  },
)

test('a link where a copy of the part shall lie is not written through', async () => {
  const { store, path, whole, last, part, other } = await aStopped()
  const before = readFileSync(other)
  symlinkSync(other, `${part}.copy`)
  await run(store, specify({ path }), { resume: last, diedAfter: last.counters.processed })
  expect(readFileSync(path).equals(whole)).toBe(true)
  expect(readFileSync(other).equals(before)).toBe(true)
})

test('a part that something else took the place of does not get the name of the result', async () => {
  const { store, path } = await filled(12_000)
  writeFileSync(path, 'of last week')
  const part = `${path}.tallyman-7.part`
  const afterFirst = () => {
    renameSync(part, `${part}-old`)
    writeFileSync(part, 'of somebody else')
    return Promise.resolve()
  }
  await expect(run(store, specify({ path }), { afterFirst })).rejects.toMatchObject({
    reason: 'output_failed',
  })
  expect(readFileSync(path, 'utf8')).toBe('of last week')
})

test('a part that was whole and is other bytes now does not become the result', async () => {
  const { store, path } = await filled(10)
  const { batches } = await run(store, specify({ path }))
  const sealed = batches.at(-2)
  if (sealed === undefined) throw new Error('nothing was sealed')
  const part = `${path}.tallyman-7.part`
  renameSync(path, part)
  hurt(part)
  await expect(run(store, specify({ path }), { resume: sealed })).rejects.toMatchObject({
    reason: 'output_failed',
  })
  expect(existsSync(path)).toBe(false)
})
