import { settledShare } from '../../domain/jobs/pace.ts'
import { phrase, type Language } from '../../i18n/catalogue.ts'
import { formatDuration, formatPercent } from '../../i18n/format.ts'
import type { Batch } from '../../domain/jobs/batch.ts'
import { bar, statusLine, type Terminal } from './status-line.ts'

export type Progress = { batch(batch: Batch): void; clear(): void }

/** A progress line, redrawn in place and cleared at the end; nothing if there is no terminal. */
export function startProgress(terminal: Terminal, now: () => number, language: Language): Progress {
  const began = now()
  const line = statusLine(terminal, now)
  let first: Batch | undefined
  return {
    batch(batch) {
      const begin = (first ??= batch)
      line.draw((drawnAt) => progressLine(begin, batch, drawnAt - began, language))
    },
    clear: () => line.clear(),
  }
}

/** The speed is that of this run, which may have resumed in the middle of the source. */
export function progressLine(
  first: Batch,
  latest: Batch,
  elapsedMs: number,
  language: Language,
): string {
  const { processed, rejects } = latest.counters
  const done = processed - first.counters.processed
  const speed = elapsedMs > 0 ? (done * 1000) / elapsedMs : 0
  const share = shareOf(latest)
  const gained = share === undefined ? 0 : share - (shareOf(first) ?? 0)
  const left = share !== undefined && gained > 0 ? ((1 - share) * elapsedMs) / gained : undefined
  return [
    ...(share === undefined ? [] : [`${bar(share)} ${formatPercent(language, share)}`]),
    phrase(language, 'progressRecords', { count: processed }),
    phrase(language, 'progressRejects', { count: rejects }),
    phrase(language, 'progressSpeed', { count: Math.round(speed) }),
    ...(left === undefined
      ? []
      : [phrase(language, 'progressLeft', { time: formatDuration(left) })]),
  ].join('  ')
}

/** The share done: by records where the total is known, otherwise by bytes of the source. */
function shareOf({ bytesRead, counters, file, total, checkpoint }: Batch): number | undefined {
  if (total !== null) return total === 0 ? 1 : Math.min(1, counters.processed / total)
  if (file === undefined || file.size === 0) return undefined
  return Math.min(1, (bytesRead / file.size) * settledShare(counters, checkpoint.record))
}
