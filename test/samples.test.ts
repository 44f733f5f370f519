import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { cleanPeople, dirtyPeople } from '../public/samples/people.ts'

const sample = (name: string) =>
  readFileSync(path.join(import.meta.dirname, '../public/samples', name))

test('the samples are what their script makes', () => {
  expect(Buffer.from(cleanPeople()).equals(sample('people.csv'))).toBe(true)
  expect(dirtyPeople().equals(sample('people-dirty.csv'))).toBe(true)
})
