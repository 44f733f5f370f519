import { addressOf } from './ground/address.ts'

/**
 * The command line of pg_dump for the whole database, Tallyman's tables with those that they account
 * for, as all were at one moment. Without a password, which other users of a machine would see.
 */
export function dumpCommand(given: string, file: string): string {
  const url = new URL(addressOf(given).url)
  url.password = ''
  for (const name of ['password', 'uselibpqcompat']) url.searchParams.delete(name)
  return `pg_dump --format=custom --file=${quoted(file)} ${quoted(url.href)}`
}

/** As one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
