import { posix } from 'node:path'
import { wrongFloorsOf } from './floors.ts'

/** Which rooms a room may import, besides itself and besides types. The table of src/README.md. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: [],
  migrations: [],
  config: ['domain', 'i18n'],
  installation: [],
  i18n: ['domain'],
  db: ['domain', 'migrations', 'installation'],
  engine: ['db', 'domain'],
  pipeline: ['db', 'domain', 'installation'],
  worker: ['engine', 'pipeline', 'domain', 'db', 'installation'],
  views: ['domain', 'i18n'],
  http: ['engine', 'domain', 'views', 'i18n', 'pipeline', 'installation'],
  cli: ['config', 'db', 'domain', 'engine', 'i18n', 'pipeline', 'worker', 'http', 'installation'],
  main: ['cli'],
  build: [],
  dev: ['build'],
}
/** A migration runs for ever as it was written: no package of ours that may change its mind. */
const MIGRATIONS_MAY_IMPORT = ['kysely']
/** The words of SQLite, and how one would ask which database it is. */
const WORDS_OF_SQLITE =
  /['"`]better-sqlite3['"`]|\bpragma\b|sqlite_master|\browid\b|\bfts5\b|\bmatch \$\{|supportsMultipleConnections/i
/** What is built names the packages that are left out of it. */
const MAY_KNOW_SQLITE = /^(src\/db\/sqlite\/|migrations\/|src\/build\.ts$)/
/** Its name and its terms, in comments too. */
const NAMES_OF_SQLITE = /\b(sqlite|wal|affinity)\b/i
/** URLs and packages begin with its name, a file by its first bytes, and reserved names with it. */
const MAY_NAME_SQLITE =
  /^(src\/(db|i18n)\/|migrations\/|src\/(build|config|main|cli\/demo\/show|pipeline\/encodings\/signatures)\.ts$|src\/domain\/specification\/fields\/table-name\.ts$)/
/** The words of delimited text, each known to its own part of a room, and to the forms that ask. */
const WORDS_OF_DELIMITED = /\b(delimiter|quoteAll|mergeDelimiters|recordEnd)\b/
const MAY_KNOW_DELIMITED =
  /\/delimited\/|\/delimited-|^views\/(form|assistant\/dialect-fields)|^src\/(i18n|domain\/words|config)\b/
const STATEMENT = /\.(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql(<[^`]*>)?`/
const MAY_HAVE_STATEMENTS = ['db', 'engine', 'migrations']
/** Others are given a log, or throw. */
const MAY_USE_CONSOLE = ['cli', 'build', 'dev']
const KNOWS_ALL_KINDS = 'src/db/open.ts'

/** What is wrong with a file of src/, views/ or migrations/, one sentence each. */
export function faultsOf(file: string, text: string): string[] {
  const room = roomOf(file)
  const faults = importsOf(text)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => roomOf(posix.join(posix.dirname(file), specifier)))
    .filter((other) => other !== room && !MAY_IMPORT[room]?.includes(other))
    .map((other) => `${file}: ${room} may not import ${other}`)
  faults.push(...kindsOf(file, text), ...wrongFloorsOf(file, text))
  if (room === 'migrations') faults.push(...packagesOfMigration(file, text))
  if (/^export default/m.test(text)) faults.push(`${file}: a default export`)
  if (/^\s*(export )?(declare )?(const )?enum\s/m.test(text)) faults.push(`${file}: an enum`)
  if (!MAY_KNOW_SQLITE.test(file) && (WORDS_OF_SQLITE.test(text) || /SQLITE_/.test(text))) {
    faults.push(`${file}: knows which database it is`)
  }
  if (!MAY_NAME_SQLITE.test(file) && NAMES_OF_SQLITE.test(text)) {
    faults.push(`${file}: speaks of SQLite`)
  }
  if (!MAY_KNOW_DELIMITED.test(file) && WORDS_OF_DELIMITED.test(withoutComments(text))) {
    faults.push(`${file}: knows how delimited text is written`)
  }
  if (!MAY_USE_CONSOLE.includes(room) && /\bconsole\.(debug|error|info|log|warn)\(/.test(text)) {
    faults.push(`${file}: writes to the console`)
  }
  if (!MAY_HAVE_STATEMENTS.includes(room) && STATEMENT.test(text)) {
    faults.push(`${file}: a statement that belongs into the engine`)
  }
  return faults
}

/** Which kind of database it is knows who opens one, and nobody else. */
function kindsOf(file: string, text: string): string[] {
  const kindIn = (one: string) => /^src\/db\/(?!(?:files|known|own)\/)([^/]+)\//.exec(one)?.[1]
  const own = kindIn(file)
  return importsOf(text)
    .filter((specifier) => specifier.startsWith('.'))
    .flatMap((specifier) => kindIn(posix.join(posix.dirname(file), specifier)) ?? [])
    .filter((kind) => kind !== own && file !== KNOWS_ALL_KINDS)
    .map((kind) => `${file}: knows the kind of database ${kind}`)
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}

function packagesOfMigration(file: string, text: string): string[] {
  return importsOf(text)
    .filter((specifier) => !specifier.startsWith('.') && !MIGRATIONS_MAY_IMPORT.includes(specifier))
    .map((specifier) => `${file}: migrations may not import ${specifier}`)
}

/** `import type` is free: it is gone when the program runs. */
export function importsOf(text: string): string[] {
  const found = text.matchAll(
    /^(?:import|export)\s(?!type\b)(?:[\w\s{},*$]*\sfrom\s+)?['"]([^'"]+)['"]/gm,
  )
  const dynamic = text.matchAll(/\bimport\(['"]([^'"]+)['"]\)/g)
  return [...found, ...dynamic].flatMap((match) => match[1] ?? [])
}

function roomOf(file: string): string {
  const [top = '', next = ''] = file.split('/')
  return top === 'src' ? next.replace(/\.tsx?$/, '') : top
}
