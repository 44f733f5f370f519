import { withProgramName } from '../../src/i18n/program-name.ts'
import type { Ui } from '../ground/ui.ts'

/** An empty system offers three ways to start. */
export function Begin({ ui }: { ui: Ui }) {
  const { base, text } = ui
  return (
    <>
      <h2 class="begin-title">{text.today.begin}</h2>
      <div class="begin">
        <section class="card">
          <h3>{text.today.file}</h3>
          <p>{text.today.fileHint}</p>
          <a class="button button-primary" href={`${base}/jobs/new/import`}>
            {text.layout.newImport}
          </a>
        </section>
        <section class="card">
          <h3>{text.today.sample}</h3>
          <p>{text.today.sampleHint}</p>
          <form method="post" action={`${base}/today/sample`}>
            <input type="hidden" name="once" value={ui.idempotencyKey} />
            <button class="button" type="submit" id="import-sample">
              {text.today.importSample}
            </button>
          </form>
        </section>
        <section class="card">
          <h3>{text.today.command}</h3>
          <p>{text.today.commandHint}</p>
          <code>
            {withProgramName('tallyman import people.csv --into people --create --key id')}
          </code>
        </section>
      </div>
    </>
  )
}
