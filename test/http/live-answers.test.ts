import { expect, test } from 'vitest'
import { LiveAnswers } from '../../src/http/live-answers.ts'

const drawn = (revision: number, html: string) => () => Promise.resolve({ revision, html })

test('all who look at a job in the same way share one drawing a revision', async () => {
  const answers = new LiveAnswers()
  let drawings = 0
  const draw = async () => {
    drawings++
    return { revision: 3, html: 'page' }
  }
  const looks = Array.from({ length: 100 }, () => answers.find('en /jobs/1/live', 3, draw))
  expect(new Set((await Promise.all(looks)).map(({ html }) => html))).toEqual(new Set(['page']))
  expect(drawings).toBe(1)
})

test('another revision, another way of looking and a job that is gone are drawn anew', async () => {
  const answers = new LiveAnswers()
  await answers.find('en', 3, drawn(3, 'old'))
  expect((await answers.find('en', 4, drawn(4, 'new'))).html).toBe('new')
  expect((await answers.find('es', 4, drawn(4, 'nuevo'))).html).toBe('nuevo')
  expect((await answers.find('en', undefined, drawn(5, 'gone'))).html).toBe('gone')
})

test('a drawing that fails is told to who asked, and not kept', async () => {
  const answers = new LiveAnswers()
  const failing = () => Promise.reject(new Error('no such job'))
  await expect(answers.find('en', 3, failing)).rejects.toThrow('no such job')
  expect((await answers.find('en', 3, drawn(3, 'page'))).html).toBe('page')
})

test('only so many are kept, the newest', async () => {
  const answers = new LiveAnswers()
  for (let way = 0; way <= 500; way++) await answers.find(String(way), 1, drawn(1, 'first'))
  expect((await answers.find('500', 1, drawn(1, 'second'))).html).toBe('first')
  expect((await answers.find('0', 1, drawn(1, 'second'))).html).toBe('second')
})
