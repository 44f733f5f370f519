import { userInfo } from 'node:os'
import type { Language } from './i18n/catalogue.ts'

export type Config = {
  /** `sqlite:` and the path of a file. */
  database: string
  /** In which statuses, journal and rejects are read. */
  language: Language
  /** Who does what is done here. */
  actor: string
}

export const DEFAULT_DATABASE = 'sqlite:tallyman-data/tallyman.db'

/** What was typed goes before what the environment says. */
export function readConfig(
  env: NodeJS.ProcessEnv,
  typed: { database?: string | undefined },
): Config {
  return {
    database: typed.database ?? (env['TALLYMAN_DATABASE'] || DEFAULT_DATABASE),
    language: languageOf(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''),
    actor: userName() ?? env['USER'] ?? 'operator',
  }
}

function languageOf(locale: string): Language {
  return /^es\b|^es_/i.test(locale) ? 'es' : 'en'
}

/** A container may run under a number that no user has. */
function userName(): string | undefined {
  try {
    return userInfo().username
  } catch {
    return undefined
  }
}
