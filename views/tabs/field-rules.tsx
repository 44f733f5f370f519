import type { FieldOptions } from '../../src/domain/specification/fields/field-options.ts'
import { shown } from '../../src/i18n/shown.ts'
import type { Ui } from '../ground/ui.ts'

/** The options of a field in words. */
export function fieldRuleText({ text }: Ui, { onError, ...flags }: FieldOptions): string {
  const { specification: words } = text.report
  const names = ['emptyOverwrites', 'onlyIfEmpty', 'onlyOnInsert'] as const
  const set = names.filter((name) => flags[name]).map((name) => words[name])
  return [...set, words.onErrorOf[onError]].join('; ')
}

/** Each text on a line of its own. */
export function Lines({ lines }: { lines: string[] }) {
  return (
    <ul class="lines">
      {lines.map((line) => (
        <li>{shown(line)}</li>
      ))}
    </ul>
  )
}
