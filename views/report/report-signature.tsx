import type { Ui } from '../ground/ui.ts'

/** Space for the signature of the person responsible. */
export function ReportSignature({ ui }: { ui: Ui }) {
  const { signature: text } = ui.text.report
  return (
    <section class="report-signature" aria-label={text.title}>
      {[text.name, text.date, text.signature].map((name) => (
        <p>{name}</p>
      ))}
    </section>
  )
}
