import { withProgramName } from '../../src/i18n/program-name.ts'
import type { Ui } from '../ground/ui.ts'

/** An empty system offers three ways to start. */
export function Begin({ ui }: { ui: Ui }) {
  const { base, text } = ui
  const command = `tallyman import ${ui.samples}/people.csv --into people --create --key id`
  return (
    <>
      <h2 class="begin-title">{text.today.begin}</h2>
      <div class="begin">
        <section class="panel">
          <h3>{text.today.file}</h3>
          <p>{text.today.fileHint}</p>
          <a class="button button-primary" href={`${base}/jobs/new/import`}>
            {text.layout.newImport}
          </a>
        </section>
        <section class="panel">
          <h3>{text.today.sample}</h3>
          <p>{text.today.sampleHint}</p>
          <form method="post" action={`${base}/today/sample`}>
            <input type="hidden" name="once" value={ui.idempotencyKey} />
            <button class="button" type="submit" id="import-sample">
              {text.today.importSample}
            </button>
          </form>
        </section>
        <section class="panel">
          <h3>{text.today.command}</h3>
          <p>{text.today.commandHint}</p>
          <code class="command">
            {/* A line ends between two words, and never after a hyphen. */}
            {withProgramName(command)
              .split(' ')
              .map((word) => (
                <>
                  <span>{word}</span>{' '}
                </>
              ))}
          </code>
        </section>
      </div>
    </>
  )
}
