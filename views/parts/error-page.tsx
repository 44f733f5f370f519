import { Page } from './layout.tsx'
import type { Ui } from '../ground/ui.ts'

export type ErrorPageProps = {
  ui: Ui
  status: number
  message: string
  request?: string | undefined
}

/** One sentence, a link back, and for a bug the request id in the log. */
export function ErrorPage({ ui, status, message, request }: ErrorPageProps) {
  const { base, text } = ui
  return (
    <Page ui={ui} title={text.error.title}>
      <h1>{text.error.title}</h1>
      <p class="notice notice-error" role="alert">
        {message}
      </p>
      <p>
        <a href={`${base}/jobs`}>{text.error.back}</a>
      </p>
      <p class="quiet error-number">
        HTTP {status}
        {request !== undefined && ` · ${text.error.request} ${request}`}
      </p>
    </Page>
  )
}
