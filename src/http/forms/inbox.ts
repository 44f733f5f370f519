import { isUtf8 } from 'node:buffer'
import { readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { Inbox, InboxFile } from '../../../views/forms/job-form.ts'

/**
 * The files that a form may import: those directly in an inbox folder. A form never sends a path.
 * It sends the token from the list, which is looked up in the folder again.
 */

/** Names that start with a dot are hidden or incomplete files. */
const HIDDEN = /^\./

/** Maximum number of files examined per list, and at the same time. */
const MOST_LOOKED_AT = 2_000
const AT_ONCE = 64

/**
 * The newest files of all inboxes, at most `limit`. Among very many files, those whose names sort
 * last are examined: where names contain a date, they are the newest.
 * @throws the signal's reason, once it is aborted
 */
export async function listInbox(
  inboxes: string[],
  limit: number,
  signal: AbortSignal,
): Promise<Inbox> {
  const roots = await rootsOf(inboxes)
  const files: InboxFile[] = []
  let [lookedAt, unseen, unnamed] = [0, 0, 0]
  for (const [at, folder] of inboxes.entries()) {
    // A folder that does not exist yet has no files.
    const names = await readdir(folder, { encoding: 'buffer' }).catch(() => [])
    const named = names.filter((name) => isUtf8(name)).map((name) => name.toString('utf8'))
    unnamed += names.length - named.length
    const last = named.filter(isPlain).sort((a, b) => compare(b, a))
    const seen = last.slice(0, MOST_LOOKED_AT - lookedAt)
    unseen += last.length - seen.length
    lookedAt += seen.length
    for (let from = 0; from < seen.length; from += AT_ONCE) {
      signal.throwIfAborted()
      const piece = seen.slice(from, from + AT_ONCE)
      const found = await Promise.all(piece.map((name) => describe(folder, at, name, roots)))
      files.push(...found.filter((file) => file !== undefined))
    }
  }
  files.sort((a, b) => b.modifiedAt.getTime() - a.modifiedAt.getTime() || compare(a.name, b.name))
  return { files: files.slice(0, limit), count: files.length, unseen, unnamed }
}

export type FoundFile = { path: string; beneath: string; name: string }

/**
 * Finds a token's file: its path, the inbox root that contains it, and its name.
 * @throws InvalidInputError where no such file is in an inbox
 */
export async function fileOfToken(inboxes: string[], token: string): Promise<FoundFile> {
  const [at = '', encoded = ''] = token.split('.')
  const inbox = /^\d{1,4}$/.test(at) ? inboxes[Number(at)] : undefined
  const name = Buffer.from(encoded, 'base64url').toString('utf8')
  const found = inbox && (await findFile(inboxes, inbox, name))
  if (found) return found
  throw new InvalidInputError({ problem: 'not_in_inbox' }, { at: ['path'] })
}

/**
 * Finds a file by name, in the first inbox that has one.
 * @throws InvalidInputError where no inbox has one
 */
export async function fileOfName(inboxes: string[], name: string): Promise<FoundFile> {
  for (const inbox of inboxes) {
    const found = await findFile(inboxes, inbox, name)
    if (found !== undefined) return found
  }
  throw new InvalidInputError({ problem: 'not_in_inbox' }, { at: ['otherFile'] })
}

async function findFile(
  inboxes: string[],
  inbox: string,
  name: string,
): Promise<FoundFile | undefined> {
  const found = isPlain(name) ? await resolve(inbox, name, await rootsOf(inboxes)) : undefined
  return found && { path: found.path, beneath: found.beneath, name }
}

async function describe(
  folder: string,
  at: number,
  name: string,
  roots: string[],
): Promise<InboxFile | undefined> {
  const found = await resolve(folder, name, roots)
  const token = `${at}.${Buffer.from(name).toString('base64url')}`
  return found && { token, name, folder, size: found.size, modifiedAt: found.mtime }
}

/** A symbolic link may not lead out of the inboxes; only regular files count. */
async function resolve(folder: string, name: string, roots: string[]) {
  try {
    const real = await realpath(path.join(folder, name))
    const beneath = roots.find((root) => isBelow(real, root))
    if (beneath === undefined) return undefined
    const found = await stat(real)
    return found.isFile()
      ? { path: real, beneath, size: found.size, mtime: found.mtime }
      : undefined
  } catch {
    return undefined
  }
}

async function rootsOf(inboxes: string[]): Promise<string[]> {
  const roots = await Promise.all(inboxes.map((inbox) => realpath(inbox).catch(() => undefined)))
  return roots.filter((root) => root !== undefined)
}

function isBelow(file: string, folder: string): boolean {
  const way = path.relative(folder, file)
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way)
}

function isPlain(name: string): boolean {
  return name !== '' && !HIDDEN.test(name) && !name.includes('\0') && path.basename(name) === name
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
