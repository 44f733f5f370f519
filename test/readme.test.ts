import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { DEFAULT_HOST, DEFAULT_PORT } from '../src/config.ts'

const root = path.join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const environment = /\b(TALLYMAN_[A-Z_]+|LC_[A-Z]+|LANG)\b/g

test('the README names every variable that the configuration reads, and no other', () => {
  const named = (text: string) => [...new Set(text.match(environment))].toSorted()
  const [, configuration = ''] = read('README.md').split('## Configuration')
  expect(named(configuration.split('\n## ')[0] ?? '')).toEqual(named(read('src/config.ts')))
})

test('the README names every dependency with its reason', () => {
  const [, reasons = ''] = read('README.md').split('## Dependencies')
  const { dependencies, devDependencies } = JSON.parse(read('package.json'))
  const packages = Object.keys({ ...dependencies, ...devDependencies })
  const chosen = packages.filter((name) => !name.startsWith('@types/'))
  expect(chosen.filter((name) => !reasons.includes(name))).toEqual([])
})

test('the first screen of the README leads to the page', () => {
  const [first = ''] = read('README.md').split('\n![')
  expect(first.split('\n').length).toBeLessThan(30)
  expect(first).toMatch(/```sh\nnpm ci\nnpm run -s tallyman -- import [^\n]+\n```\n/)
  expect(first).toContain('`npm run demo`')
  expect(first).toContain(`<http://${DEFAULT_HOST}:${DEFAULT_PORT}/>`)
})
