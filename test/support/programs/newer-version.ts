import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tmpDir } from '../tmp.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
const PARTS = ['src', 'views', 'migrations', 'public', 'package.json', 'tsconfig.json']
const MIGRATION = `
import { sql, type Kysely } from 'kysely'
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql\`alter table tallyman_job add column future text not null default 'none'\`.execute(db)
}
`

/**
 * The program as its next version may be, with a migration more than this one.
 * @returns the file of its command line
 */
export function aNewerVersion(): string {
  const folder = tmpDir()
  for (const part of PARTS)
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true })
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
  writeFileSync(path.join(folder, 'migrations/9999_future.ts'), MIGRATION)
  const versions = path.join(folder, 'src/db/versions.ts')
  const list = readFileSync(versions, 'utf8')
  const added = list.replace(/\n( +)}\),\n}\n$/, "\n$1  '9999_future': future,\n$1}),\n}\n")
  if (added === list) throw new Error('src/db/versions.ts has another form')
  writeFileSync(versions, `import * as future from '../../migrations/9999_future.ts'\n${added}`)
  execFileSync(process.execPath, ['src/build.ts'], { cwd: folder })
  return path.join(folder, 'dist/src/main.js')
}
