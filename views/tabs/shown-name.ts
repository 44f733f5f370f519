import { shown } from '../../src/i18n/shown.ts'

/** A file name within other text, isolated so that right-to-left names do not reorder it. */
export function shownName(name: string): string {
  return `\u2068${shown(name)}\u2069`
}
