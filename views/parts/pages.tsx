import type { Ui } from '../ground/ui.ts'

type PagesProps = {
  ui: Ui
  /** The URL of the page at a cursor. */
  url(cursor: string): string
  next?: string | undefined
  previous?: string | undefined
}

/** Links to the previous and next page; nothing if there is only one. */
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
