import { expect, onTestFinished, test } from 'vitest'
import { withProgramName, programName, repeatDatabase } from '../../src/i18n/program-name.ts'

const IN_CHECKOUT = 'npm run -s tallyman --'

test('a command is typed by npm in a checkout, and by its own name where it is installed', () => {
  const byNpm = (npm_lifecycle_event: string, npm_package_name = 'tallyman') =>
    programName({ npm_lifecycle_event, npm_package_name })
  expect([byNpm('tallyman'), byNpm('demo')]).toEqual([IN_CHECKOUT, IN_CHECKOUT])
  expect([programName({}), byNpm('npx'), byNpm('demo', 'other')]).toEqual(Array(3).fill('tallyman'))
})

test('only the commands of a text are written so', () => {
  const text = (name: string) =>
    `TALLYMAN_BASE_PATH=/tallyman TALLYMAN_PORT=1 ${name} serve --database sqlite:/srv/tallyman.db
  Tallyman runs: ${name} jobs rejects 2, ${name} <command>, ${name} --help`
  expect(withProgramName(text('tallyman'), IN_CHECKOUT)).toBe(text(IN_CHECKOUT))
  expect(withProgramName(text('tallyman'), 'tallyman')).toBe(text('tallyman'))
})

test('a database that was typed is typed again', () => {
  onTestFinished(() => repeatDatabase(undefined))
  repeatDatabase("sqlite:/srv/it's one.db")
  expect(withProgramName('See: tallyman jobs rejects 2', 'tallyman')).toBe(
    String.raw`See: tallyman --database 'sqlite:/srv/it'\''s one.db' jobs rejects 2`,
  )
  repeatDatabase('sqlite:/srv/one.db')
  expect(withProgramName('See: tallyman jobs rejects 2', IN_CHECKOUT)).toBe(
    `See: ${IN_CHECKOUT} --database sqlite:/srv/one.db jobs rejects 2`,
  )
})
