import type { Ui } from '../ground/ui.ts'

/** Where whoever answers for the job signs its paper. */
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
