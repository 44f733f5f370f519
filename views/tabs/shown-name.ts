import { shown } from '../../src/i18n/shown.ts'

/** A file's name among other words: one that is written from the right leaves them in their places. */
export function shownName(name: string): string {
  return `\u2068${shown(name)}\u2069`
}
