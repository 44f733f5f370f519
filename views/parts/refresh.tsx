import { fill } from '../../src/i18n/console.ts'
import type { Ui } from '../ground/ui.ts'

/** Auto-refresh of a page without JavaScript. */
export type Refresh = {
  seconds: number
  /** The page has input that a refresh would lose, so it refreshes only on request. */
  hasForm: boolean
}

/** The reader decides (WCAG 2.2.1) by `?refresh=off` or `on`. */
export function refreshesItself({ here }: Ui, { hasForm }: Refresh): boolean {
  const choice = addressOf(here).searchParams.get('refresh')
  return hasForm ? choice === 'on' : choice !== 'off'
}

/** Says whether the page refreshes itself, with a link to switch that. */
export function RefreshNote({ ui, refresh }: { ui: Ui; refresh: Refresh }) {
  const { refreshes, stopRefresh, refreshesNot, startRefresh } = ui.text.layout
  const isOn = refreshesItself(ui, refresh)
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
