import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { LANGUAGES, type Language } from '../../src/i18n/catalogue.ts'
import { shown } from '../../src/i18n/shown.ts'
import { refreshesItself, RefreshNote, type Refresh } from './refresh.tsx'
import { dateTime, type Ui } from '../ground/ui.ts'

export type PageProps = {
  ui: Ui
  title: string
  /** For a page that refreshes without JavaScript. */
  refresh?: Refresh | undefined
  /** A form whose answers the language switch must keep. */
  form?: KeptForm | undefined
  /** Further skip links, besides the one to the content. */
  skips?: { to: string; words: string }[]
  children?: Child
}

/** `action` renders the form again in another language if `language` is sent with the answers. */
export type KeptForm = { id: string; action: string; answers: Record<string, string> }

const HTMX_SETTINGS = JSON.stringify({
  noSwap: [204, 304, '5xx'],
  morphIgnore: ['data-htmx-powered', 'open'],
  includeIndicatorCSS: false,
})

/** The frame of every page: head, navigation, and a foot with operator and time zone. */
export function Page({ ui, title, refresh, skips = [], form, children }: PageProps) {
  const { asset, language, text } = ui
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang={language} data-running-head={runningHead(title)}>
        <head>
          <meta charset="utf-8" />
          <PageTitle title={title} />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="description" content={text.layout.description} />
          <meta name="color-scheme" content="light dark" />
          <meta name="htmx-config" content={HTMX_SETTINGS} />
          <link rel="icon" href={asset('favicon.svg')} type="image/svg+xml" />
          <link rel="stylesheet" href={asset('app.css')} />
          <script defer src={asset('htmx.js')} />
          <script defer src={asset('ptag.js')} />
          <script defer src={asset('app.js')} />
          {refresh !== undefined && refreshesItself(ui, refresh) && (
            <noscript>
              <meta http-equiv="refresh" content={String(refresh.seconds)} />
            </noscript>
          )}
        </head>
        <body>
          {[{ to: 'main', words: text.layout.skip }, ...skips].map(({ to, words }) => (
            <>
              <a class="skip-link" href={`#${to}`}>
                {words}
              </a>{' '}
            </>
          ))}
          <PageHead ui={ui} form={form} />
          {/* The script inserts the text, because text browsers also show hidden elements. */}
          <p
            id="server-away"
            class="notice notice-error"
            role="alert"
            data-text={text.layout.serverAway}
            hidden
          />
          <main id="main" tabindex={-1}>
            {refresh !== undefined && <RefreshNote ui={ui} refresh={refresh} />}
            {children}
          </main>{' '}
          <PageFoot ui={ui} />
        </body>
      </html>
    </>
  )
}

/** Polls also send it when the title changes. */
export function PageTitle({ title }: { title: string }) {
  return <title>{shown(`${title} – Tallyman`)}</title>
}

/** The header of printed pages, cut to 90 characters for the page width. */
function runningHead(title: string): string {
  const characters = [...shown(title)]
  const fits = characters.length <= 90
  return `Tallyman – ${fits ? characters.join('') : `${characters.slice(0, 90).join('')}…`}`
}

function PageHead({ ui, form }: { ui: Ui; form: KeptForm | undefined }) {
  const { base, here, text } = ui
  const pages = [
    [`${base}/`, text.layout.today],
    [`${base}/jobs`, text.layout.jobs],
    [`${base}/jobs/new/import`, text.layout.newImport],
    [`${base}/jobs/new/export`, text.layout.newExport],
    [`${base}/templates`, text.layout.templates],
  ] as const
  return (
    <header class="page-head">
      <a class="brand" href={`${base}/`}>
        Tallyman
      </a>{' '}
      <nav aria-label={text.layout.navigation}>
        <ul>
          {pages.map(([path, name]) => (
            <>
              <li>
                <a href={path} aria-current={here.split('?')[0] === path ? 'page' : undefined}>
                  {name}
                </a>
              </li>{' '}
            </>
          ))}
        </ul>
      </nav>{' '}
      <LanguageSwitch ui={ui} form={form} />
    </header>
  )
}

const LANGUAGE_NAMES = { en: 'English', es: 'Español' } as const satisfies Record<Language, string>

type SwitchProps = { ui: Ui; form: KeptForm | undefined }

/** Beside a form it also sends the form's answers; the script adds what was typed since. */
function LanguageSwitch({ ui: { base, here, language }, form }: SwitchProps) {
  const kept = form === undefined ? { return: here } : form.answers
  return (
    <form
      class="language-switch"
      method="post"
      action={form?.action ?? `${base}/language`}
      data-form={form?.id}
    >
      {Object.entries(kept).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {LANGUAGES.filter((other) => other !== language).map((other) => (
        <button type="submit" name="language" value={other} lang={other} class="button-quiet">
          {LANGUAGE_NAMES[other]}
        </button>
      ))}
    </form>
  )
}

function PageFoot({ ui }: { ui: Ui }) {
  const { operator, now, text, timeZone } = ui
  return (
    <footer
      class="page-foot"
      // Shown only in print, as an attribute, because text browsers also show hidden elements.
      data-printed={`${text.report.printed}: ${dateTime(ui, now)}`}
    >
      <span>
        {text.layout.operator}: {shown(operator)}
      </span>{' '}
      <span>
        {text.layout.timeZone}: {timeZone}
      </span>
    </footer>
  )
}
