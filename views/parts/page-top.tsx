import type { Ui } from '../ground/ui.ts'

/** The heading of a page about many jobs, with links to create one. */
export function PageTop({ ui: { base, text }, title }: { ui: Ui; title: string }) {
  return (
    <div class="page-top">
      <h1>{title}</h1>
      <div class="page-acts">
        <a class="button button-primary" href={`${base}/jobs/new/import`}>
          {text.layout.newImport}
        </a>{' '}
        <a class="button" href={`${base}/jobs/new/export`}>
          {text.layout.newExport}
        </a>
      </div>
    </div>
  )
}
