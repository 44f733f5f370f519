import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aSeed, rounds } from '../support/faults/chance.ts'
import { anyText, HOSTILE, mostly } from '../support/faults/hostile.ts'
import { byDatabase } from '../support/databases.ts'
import { tallyman } from '../support/programs/in-process.ts'
import { tmpDir } from '../support/tmp.ts'

const CALLS = rounds(250, 6_000)
/** The shell hands over no NUL, and what is written in place of a device is a test of its own. */
const typable = (text: string) => !text.includes('\0') && text !== '/dev/null'

const file = mostly('people.csv', 'dirty.csv', 'none.csv', '.', 'out.csv', 'out.csv.gz', 'copy.db')
const table = mostly('people', 'other', 'tallyman_job', 'sqlite_master', 'made')
const id = mostly('1', '2', '3', '99')
const OPTIONS = `--into --create --key --second-key --operation --doubles --duplicates --map
  --empty-overwrites --only-if-empty --on-error --delimiter --encoding --no-header --max-rejects
  --keep-going --trace --label --dry-run --to --columns --gzip --json --status --type --limit
  --before --level --export --replace --run --database`.split(/\s+/)
const option = fc.tuple(
  mostly(...OPTIONS),
  fc.option(mostly('id', 'name', 'a=b', 'insert', 'reject', ',', 'utf-8', '1', 'people'), {
    nil: undefined,
  }),
)
const command = fc.oneof(
  fc.tuple(fc.constant('import'), file, fc.constant('--into'), table),
  fc.tuple(fc.constant('export'), table, fc.constant('--to'), file),
  fc.tuple(
    fc.constant('jobs'),
    mostly('list', 'show', 'journal', 'rejects', 'start', 'pause', 'cancel', 'run-again', 'delete'),
    id,
  ),
  fc.tuple(fc.constant('jobs'), fc.constantFrom('list', 'removed')),
  fc.tuple(fc.constantFrom('verify', 'backup', 'import', 'export', 'jobs'), file),
  fc.tuple(fc.constantFrom('serve', 'worker', 'demo'), fc.constant('--no-such-option')),
  fc.array(anyText, { maxLength: 3 }),
)
const call = fc
  .tuple(command, fc.array(option, { maxLength: 4 }))
  .map(([words, options]) => [...words, ...options.flat().filter((word) => word !== undefined)])
  .filter((words) => words.every(typable))

/** Works in a folder of its own, so deep that what climbs up stays within reach. */
async function atHome(): Promise<string> {
  const folder = path.join(tmpDir(), 'a/b/c/d/e')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'people.csv'), 'id,name\n1,Ann\n2,Bea\n')
  writeFileSync(path.join(folder, 'dirty.csv'), 'id,name\n1,A"nn\n2\nx,\u202e\n')
  const args = ['import', 'people.csv', '--into', 'people', '--create', '--key', 'id']
  expect((await spoken(folder, args)).code).toBe(0)
  return folder
}

test('whatever is typed is done, or refused in a sentence, and nothing is told of the inside', async () => {
  const folder = await atHome()
  const property = fc.asyncProperty(call, async (words) => {
    const { code, said } = await spoken(folder, words)
    expect([words, code]).toEqual([words, expect.any(Number)])
    expect([0, 1, 2, 3, 4]).toContain(code)
    expect([words, said.match(/^ {4}at .*/m)?.[0]]).toEqual([words, undefined])
    if (code === 2) expect([words, said.trim()]).toEqual([words, expect.stringMatching(/^.+$/s)])
  })
  await fc.assert(property, { seed: aSeed('command line'), numRuns: CALLS })
})

type Answer = { code: number | null; said: string }

async function spoken(folder: string, words: string[]): Promise<Answer> {
  const { code, err } = await tallyman(folder, words)
  return { code, said: err.slice(-20_000) }
}

test('a name of any kind, for a file, a table, a column or a job, gets its answer', async () => {
  const folder = await atHome()
  const names = HOSTILE.filter(typable).filter((_, at) => at % rounds(3, 1) === 0)
  for (const name of names) {
    for (const words of [
      ['import', name, '--into', 'people'],
      ['import', 'people.csv', '--into', name, '--create', '--dry-run', '--label', name],
      ['import', 'people.csv', '--into', 'people', '--key', name],
      ['jobs', 'show', name],
    ]) {
      const { code, said } = await spoken(folder, words)
      expect([0, 1, 2, 3], words.join(' ')).toContain(code)
      expect([words, said]).toEqual([words, expect.not.stringMatching(/^ {4}at /m)])
    }
  }
  const { code, said } = await spoken(folder, ['jobs', 'show', 'x'.repeat(1024 * 1024)])
  expect([code, said.length < 3_000]).toEqual([2, true])
  const labelled = ['import', 'people.csv', '--into', 'people', '--label', 'x'.repeat(1024 * 1024)]
  expect(await spoken(folder, labelled)).toEqual({
    code: 2,
    said: expect.stringMatching(/^--label: This is too long; write at most \d+ characters\.\n$/),
  })
})

test('what is no plain file is not replaced by one', async () => {
  const folder = await atHome()
  const pipe = path.join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const refused = /pipe is no plain file, and must not/
  const calls: [string[], RegExp][] = [
    [['export', 'people', '--to', 'pipe'], refused],
    [['jobs', 'rejects', '1', '--export', 'pipe'], refused],
    [['backup', 'pipe', '--replace'], byDatabase({ SQLite: refused, PostgreSQL: /pg_dump/ })],
  ]
  for (const [words, sentence] of calls) {
    const { code, said } = await spoken(folder, words)
    expect([code, said]).toEqual([2, expect.stringMatching(sentence)])
    expect(lstatSync(pipe).isFIFO()).toBe(true)
  }
})
