const DAY_MS = 24 * 60 * 60 * 1000

/** The instant at which a day (`2026-01-31`), or one so many days later, begins in a zone. */
export function startOfDay(day: string, daysLater: number, timeZone: string): Date {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + daysLater * DAY_MS
  // Twice, since the zone's distance at the guess may not be the one at midnight.
  const guess = asUtc - distance(asUtc, timeZone)
  return new Date(asUtc - distance(guess, timeZone))
}

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
function distance(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const name = parts.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value
  const match = /([+-])(\d\d):(\d\d)/.exec(name ?? '')
  if (match === null) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return (match[1] === '-' ? -minutes : minutes) * 60_000
}
