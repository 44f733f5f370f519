import { expect, test } from 'vitest'
import { remembered } from '../../../src/pipeline/values/remembered.ts'

function counting() {
  const asked: string[] = []
  const convert = (text: string) => {
    asked.push(text)
    return text === 'none' ? undefined : `<${text}>`
  }
  return { asked, read: remembered(convert) }
}

test('what comes again is found once, also where it is nothing', () => {
  const { asked, read } = counting()
  for (let round = 0; round < 3; round++) {
    expect([read('a'), read('none'), read('12 de septiembre de 2026')]).toEqual([
      '<a>',
      undefined,
      '<12 de septiembre de 2026>',
    ])
  }
  expect(asked).toEqual(['a', 'none', '12 de septiembre de 2026'])
})

test('long texts are not kept', () => {
  const { asked, read } = counting()
  const long = 'x'.repeat(1_000)
  expect([read(long), read(long)]).toEqual([`<${long}>`, `<${long}>`])
  expect(asked).toHaveLength(2)
})

test('where nothing comes again, keeping stops; where much does, it begins anew', () => {
  const different = counting()
  for (let at = 0; at < 30_000; at++) expect(different.read(`${at}`)).toBe(`<${at}>`)
  different.read('29999')
  expect(different.asked).toHaveLength(30_001)

  const alike = counting()
  for (let at = 0; at < 60_000; at++) expect(alike.read(`${at >> 1}`)).toBe(`<${at >> 1}>`)
  alike.read('29999')
  expect(alike.asked).toHaveLength(30_000)
})
