import { settledShare } from '../../domain/jobs/pace.ts'
import { phrase, type Language } from '../../i18n/catalogue.ts'
import { formatDuration, formatPercent } from '../../i18n/format.ts'
import type { Batch } from '../../domain/jobs/batch.ts'

const BAR_WIDTH = 20
const REDRAW_MS = 100

export type Progress = { batch(batch: Batch): void; clear(): void }

export type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>

/** A progress line, redrawn in place and cleared at the end; nothing if there is no terminal. */
export function startProgress(terminal: Terminal, now: () => number, language: Language): Progress {
  if (!terminal.isTTY) return { batch: () => undefined, clear: () => undefined }

  const began = now()
  let first: Batch | undefined
  let drawn = -Infinity
  return {
    batch(batch) {
      first ??= batch
      if (now() - drawn < REDRAW_MS) return
      drawn = now()
      const line = progressLine(first, batch, drawn - began, language)
      terminal.write(`\r${[...line].slice(0, (terminal.columns || 80) - 1).join('')}\x1b[K`)
    },
    clear: () => void terminal.write('\r\x1b[K'),
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

function bar(share: number): string {
  const full = Math.round(share * BAR_WIDTH)
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}]`
}
