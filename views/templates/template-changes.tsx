import type { TemplateHistory } from '../../src/engine/templates/template-history.ts'
import { shown } from '../../src/i18n/shown.ts'
import { dateTime, NOTHING, type Ui } from '../ground/ui.ts'

type ChangesProps = Pick<TemplateHistory, 'changes'> & { ui: Ui }

/** What changed in a template, when, and by whom. */
export function TemplateChanges({ ui, changes }: ChangesProps) {
  const { templates: words } = ui.text
  return (
    <section class="apart" id="changes" aria-labelledby="changes-title">
      <h2 id="changes-title">{words.changes}</h2>
      {changes.length === 0 ? (
        <p class="quiet">{words.noChanges}</p>
      ) : (
        <div class="scroller">
          <table class="table stacked" aria-labelledby="changes-title">
            <thead>
              <tr>
                {[words.when, words.part, words.before, words.after].map((heading) => (
                  <th scope="col">{heading}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {changes.flatMap(({ at, by, parts }) =>
                parts.map(({ part, before, after }) => (
                  <tr>
                    <td data-name={words.when}>{shown(`${dateTime(ui, at)}, ${by}`)}</td>
                    <td data-name={words.part}>{shown(part)}</td>
                    <td data-name={words.before}>{before === null ? NOTHING : shown(before)}</td>
                    <td data-name={words.after}>{after === null ? NOTHING : shown(after)}</td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
