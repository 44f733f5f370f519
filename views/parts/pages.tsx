import type { Ui } from '../ground/ui.ts'

type PagesProps = {
  ui: Ui
  /** The address of the page behind a cursor. */
  url(cursor: string): string
  next?: string | undefined
  previous?: string | undefined
}

/** Leads one page back and forth; a list of one page needs no such thing. */
export function Pages({ ui: { text }, url, next, previous }: PagesProps) {
  if (next === undefined && previous === undefined) return null
  return (
    <nav class="pages" aria-label={text.list.pages}>
      {previous !== undefined && (
        <a class="button" id="page-previous" rel="prev" href={url(previous)}>
          {text.list.previous}
        </a>
      )}{' '}
      {next !== undefined && (
        <a class="button" id="page-next" rel="next" href={url(next)}>
          {text.list.next}
        </a>
      )}
    </nav>
  )
}
