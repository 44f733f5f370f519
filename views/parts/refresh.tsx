import { fill } from '../../src/i18n/console.ts'
import type { Ui } from '../ground/ui.ts'

/** How a page in motion is kept fresh where there is no JavaScript. */
export type Refresh = {
  seconds: number
  /** What is ticked and typed here would be lost: it loads itself anew only when that is asked for. */
  hasForm: boolean
}

/** The reader has the last word (WCAG 2.2.1): `?refresh=off`, or `on`. */
export function loadsAnew({ here }: Ui, { hasForm }: Refresh): boolean {
  const wish = addressOf(here).searchParams.get('refresh')
  return hasForm ? wish === 'on' : wish !== 'off'
}

/** Says whether the page loads itself anew, and leads to the same page that does the opposite. */
export function RefreshNote({ ui, refresh }: { ui: Ui; refresh: Refresh }) {
  const { refreshes, stopRefresh, refreshesNot, startRefresh } = ui.text.layout
  const isOn = loadsAnew(ui, refresh)
  const address = addressOf(ui.here)
  address.searchParams.set('refresh', isOn ? 'off' : 'on')
  const seconds = { n: refresh.seconds }
  return (
    <noscript>
      <p class="refresh-note">
        {isOn ? fill(refreshes, seconds) : refreshesNot}{' '}
        <a href={address.pathname + address.search}>
          {isOn ? stopRefresh : fill(startRefresh, seconds)}
        </a>
      </p>
    </noscript>
  )
}

function addressOf(here: string): URL {
  return new URL(here, 'http://own.invalid')
}
