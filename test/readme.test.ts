import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { DEFAULT_HOST, DEFAULT_PORT } from '../src/config.ts'
import { lifeOfAJob } from './support/house/life-of-a-job.ts'

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

test('the life of a job is drawn as it is', () => {
  const [, life = ''] = read('src/README.md').split(/<!-- \/?life -->/)
  const cells = (text: string) => text.replaceAll(/ *\| */g, '|').replaceAll(/-{2,}/g, '-')
  expect(cells(life.trim())).toBe(cells(lifeOfAJob()))
})

test('who wants to add something is told the files that there are, and how many', () => {
  const [, howTo = ''] = read('src/README.md').split(/<!-- \/?how-to -->/)
  const sections = howTo.split('### ').slice(1)
  expect(sections.length).toBeGreaterThan(4)
  for (const section of sections) {
    const steps = section.split('\n').filter((line) => /^\d+\. /.test(line))
    const named = steps.flatMap(
      (step) => /`((?:src|views|migrations|test)\/[^`]+)`/.exec(step)?.[1] ?? [],
    )
    const there = named.filter((file) => !file.includes('<'))
    expect(there.filter((file) => !existsSync(path.join(root, file)))).toEqual([])
    const [, count = ''] = /^Files: (\d+)/m.exec(section) ?? []
    const isFolder = (step: string) => /^\d+\. `[^`]+\/`/.test(step)
    expect(Number(count), section).toBe(steps.filter((step) => !isFolder(step)).length)
  }
})
