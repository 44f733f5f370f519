import { expect, test } from 'vitest'
import { FileLooks } from '../../../src/http/forms/file-looks.ts'

const slow = { problem: { problem: 'slow_file', path: 'far.csv' } }
const never = () => new AbortController().signal
const silent = () => new Promise<never>(() => undefined)

test('a file that does not answer is given up in time', async () => {
  const looks = new FileLooks({ milliseconds: 20, atOnce: 2 })
  await expect(looks.look('far.csv', never(), silent)).rejects.toMatchObject(slow)
})

test('files that do not answer leave others their threads', async () => {
  const looks = new FileLooks({ milliseconds: 20, atOnce: 2 })
  await Promise.allSettled([1, 2].map(() => looks.look('far.csv', never(), silent)))
  const look = () => Promise.resolve('read')
  await expect(looks.look('far.csv', never(), look)).rejects.toMatchObject(slow)
})

test('one that answers late makes room again', async () => {
  const looks = new FileLooks({ milliseconds: 20, atOnce: 1 })
  const { promise, resolve } = Promise.withResolvers<string>()
  await expect(looks.look('far.csv', never(), () => promise)).rejects.toMatchObject(slow)
  resolve('late')
  await promise
  expect(await looks.look('near.csv', never(), () => Promise.resolve('read'))).toBe('read')
})

test('whoever leaves is not told of the file', async () => {
  const looks = new FileLooks({ milliseconds: 60_000, atOnce: 1 })
  const asked = new AbortController()
  const looking = looks.look('far.csv', asked.signal, silent)
  asked.abort(new Error('gone'))
  await expect(looking).rejects.toThrow('gone')
})
