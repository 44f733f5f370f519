import type { TableName } from '../../src/db/store.ts'
import { tableOf, type Template } from '../../src/domain/templates/template.ts'
import { shown } from '../../src/i18n/shown.ts'
import type { Ui } from '../ground/ui.ts'

type ExampleProps = { ui: Ui; template: Template | undefined; tables: TableName[] }

/** A file to fill in, for who has none yet: of the template's table, or of one that is chosen. */
export function ExampleLink({ ui, template, tables }: ExampleProps) {
  const { example } = ui.text.assistant
  const url = `${ui.base}/example`
  const isOfTable = template !== undefined && tableOf(template) !== undefined
  if (!isOfTable && tables.length === 0) return null
  return (
    <details class="form-more" id="more-example">
      <summary>{example.title}</summary>
      <p>{example.about}</p>
      {isOfTable ? (
        <p>
          <a id="download-example" href={`${url}?template=${template.key}`}>
            {example.download}
          </a>
        </p>
      ) : (
        <form method="get" action={url} class="example-form">
          {template !== undefined && <input type="hidden" name="template" value={template.key} />}
          <label for="field-example">{example.table}</label>{' '}
          <select class="input" id="field-example" name="table">
            {tables.map(({ name }) => (
              <option value={name}>{shown(name)}</option>
            ))}
          </select>{' '}
          <button type="submit" class="button" id="button-example">
            {example.download}
          </button>
        </form>
      )}
    </details>
  )
}
