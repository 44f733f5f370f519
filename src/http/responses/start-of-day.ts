const DAY_MS = 24 * 60 * 60 * 1000

/** The instant at which a day (`2026-01-31`) plus `daysLater` days begins in a time zone. */
export function startOfDay(day: string, daysLater: number, timeZone: string): Date {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + daysLater * DAY_MS
  // Two steps, since the UTC offset at the guess may differ from that at midnight.
  const guess = asUtc - distance(asUtc, timeZone)
  return new Date(asUtc - distance(guess, timeZone))
}

/** The instant of a local date and time (`2026-01-31T08:30`); undefined if it is none. */
export function instantAt(local: string, timeZone: string): Date | undefined {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)$/.exec(local.trim()) ?? []
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  if (Number.isNaN(asUtc)) return undefined
  const guess = asUtc - distance(asUtc, timeZone)
  return new Date(asUtc - distance(guess, timeZone))
}

/** The time zone's UTC offset at an instant, in milliseconds. */
function distance(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const name = parts.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value
  const match = /([+-])(\d\d):(\d\d)/.exec(name ?? '')
  if (match === null) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return (match[1] === '-' ? -minutes : minutes) * 60_000
}
