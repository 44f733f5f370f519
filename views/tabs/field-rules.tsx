import type { FieldOptions } from '../../src/domain/specification/fields/field-options.ts'
import { shown } from '../../src/i18n/shown.ts'
import type { Ui } from '../ground/ui.ts'
import { valueRules } from './value-rules.ts'

/** The options of a field in words. */
export function fieldRuleText(ui: Ui, options: FieldOptions): string {
  const { report, jobPage } = ui.text
  const { specification: words } = report
  const names = ['emptyOverwrites', 'onlyIfEmpty', 'onlyOnInsert'] as const
  const set = names.filter((name) => options[name]).map((name) => words[name])
  const masked = options.sensitive ? [jobPage.asked.sensitive] : []
  return [...valueRules(ui, options), ...set, ...masked, words.onErrorOf[options.onError]].join(
    '; ',
  )
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
