import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/installation.ts'
import { tallyman } from '../support/programs/cli.ts'
import { tmpDir } from '../support/tmp.ts'

/** What npm tells the program that it starts by its script. */
const BY_NPM = { npm_package_name: 'tallyman', npm_lifecycle_event: 'tallyman' }

test('every hint can be typed where the program was started', async () => {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'people.csv'), 'id,name\n1,Ann\n2\n')
  const args = ['import', 'people.csv', '--into', 'people', '--create', '--key', 'id']
  const english = await tallyman(folder, args, BY_NPM)
  expect(english.err + english.out).toContain(': npm run -s tallyman -- jobs rejects 1')
  const spanish = await tallyman(folder, args, { ...BY_NPM, LC_ALL: 'es_ES.UTF-8' })
  expect(spanish.err + spanish.out).toContain(': npm run -s tallyman -- jobs rejects 2')
  const installed = await tallyman(folder, args, { npm_lifecycle_event: 'npx' })
  expect(installed.err + installed.out).toContain(': tallyman jobs rejects 3')

  const help = await tallyman(folder, ['jobs', '--help'], BY_NPM)
  expect(help.out).toMatch(/^Usage: npm run -s tallyman -- jobs /)
  expect(help.out).toContain('$ npm run -s tallyman -- jobs show 7\n')
})

test('--version tells the version, and in which words that is asked for is in the help', async () => {
  const { version }: { version: string } = JSON.parse(
    readFileSync(path.join(packageRoot(), 'package.json'), 'utf8'),
  )
  const { code, out, err } = await tallyman(tmpDir(), ['--version'])
  expect([code, out, err]).toEqual([0, `${version}\n`, ''])
  const { out: help } = await tallyman(tmpDir(), ['--help'], { LC_ALL: 'es_ES.UTF-8' })
  expect(help).toMatch(/--version +muestra la versión/)
})
