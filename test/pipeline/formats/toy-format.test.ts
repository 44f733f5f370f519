import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tmpDir } from '../../support/tmp.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
const DIFF = path.join(import.meta.dirname, 'toy-format.diff')
const PARTS = ['src', 'views', 'migrations', 'public', 'package.json', 'tsconfig.json']
const MOST_LINES = 130

/** The program with the toy format in it, in a folder of its own. */
function withToy(): string {
  const folder = tmpDir()
  for (const part of PARTS)
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true })
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
  execFileSync('git', ['apply', '--whitespace=nowarn', DIFF], { cwd: folder })
  return folder
}

test('a format is added by a diff of a page, which compiles and imports a file', () => {
  const diff = readFileSync(DIFF, 'utf8')
  expect(diff.split('\n').length).toBeLessThan(MOST_LINES)
  const changed = [...diff.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, file]) => file)
  expect(changed.toSorted()).toEqual([
    'src/domain/formats/formats.ts',
    'src/i18n/en/files.ts',
    'src/i18n/es/files.ts',
    'src/pipeline/formats/toy/toy-format.ts',
    'src/pipeline/known-formats.ts',
  ])

  const folder = withToy()
  const node = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  node(path.join(ROOT, 'node_modules/typescript/bin/tsc'))
  node('src/build.ts')
  writeFileSync(path.join(folder, 'a.toy'), 'id: 1, name: Ann\n\nname: Bob, id: 2\n')
  const call = ['import', 'a.toy', '--into', 'people', '--create', '--key', 'id', '--json']
  const job = JSON.parse(node('dist/src/main.js', ...call, '--database', 'sqlite:toy.db'))
  expect(job).toMatchObject({
    status: 'finished',
    source: { format: 'toy', header: ['id', 'name'] },
    counters: { inserted: 2, empty: 1 },
  })
})
