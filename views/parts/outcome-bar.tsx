import type { ListedJob } from '../../src/domain/jobs/job.ts'
import {
  barOf,
  PARTS,
  sharesOf,
  type OutcomePart,
  type OutcomeParts,
} from '../../src/domain/jobs/outcome.ts'
import { isOver } from '../../src/domain/states/status.ts'
import { phrase } from '../../src/i18n/catalogue.ts'
import { partTexts } from '../../src/i18n/outcome.ts'
import type { Ui } from '../ground/ui.ts'

/**
 * The outcome of the records as a bar. Its parts differ in shape as well as in colour: written is
 * solid, kept is thin, rejected is striped, and unprocessed is only framed.
 */
export function OutcomeBar({ ui, job }: { ui: Ui; job: ListedJob }) {
  return <Bar bar={barOf(job)} isDryRun={job.dry_run} label={partsText(ui, job)} />
}

/** The same where no legend beside it has the words: they stand in it for who sees no drawing. */
export function ToldOutcomeBar({ ui, job }: { ui: Ui; job: ListedJob }) {
  return <Bar bar={barOf(job)} isDryRun={job.dry_run} label={partsText(ui, job)} isTold />
}

type ProcessedParts = Omit<OutcomeParts, 'unprocessed'>

/** The same of the records of many jobs, which were all processed; `processedText` stands beside it. */
export function ProcessedBar({ parts }: { parts: ProcessedParts }) {
  return <Bar bar={sharesOf(parts, 1)} isDryRun={false} />
}

/** Its parts in words; empty where there was no record. */
export function processedText({ language }: Ui, parts: ProcessedParts): string {
  return COUNTED.filter(([part]) => parts[part] > 0)
    .map(([part, key]) => phrase(language, key, { count: parts[part] }))
    .join(', ')
}

const COUNTED = [
  ['written', 'partWritten'],
  ['kept', 'partKept'],
  ['rejected', 'partRejected'],
] as const

type BarProps = {
  bar: Record<OutcomePart, number>
  isDryRun: boolean
  /** Undefined where the words stand beside it. */
  label?: string
  /** As text, since text browsers know no label of a drawing. */
  isTold?: boolean
}

function Bar({ bar, isDryRun, label, isTold = false }: BarProps) {
  const starts = startsOf(bar)
  const isHidden = isTold || label === undefined
  const name = isHidden ? { 'aria-hidden': 'true' as const } : { role: 'img', 'aria-label': label }
  return (
    <>
      <svg class={isDryRun ? 'outcome-bar outcome-tried' : 'outcome-bar'} {...name}>
        {PARTS.filter((part) => part !== 'unprocessed' && bar[part] > 0).map((part) => (
          <Segment part={part} from={starts[part]} to={starts[part] + bar[part]} />
        ))}
      </svg>
      {isTold && <span class="visually-hidden">{label}</span>}
    </>
  )
}

/** The legend: each part in words, beside its sample of the bar. */
export function OutcomeLegend({ ui, job }: { ui: Ui; job: ListedJob }) {
  const tried = job.dry_run ? ' outcome-tried' : ''
  return (
    <ul class={`outcome-legend${tried}`}>
      {partTexts(ui.language, job).map(({ part, text }) => (
        <li>
          <svg class={`outcome-key${tried}`} aria-hidden="true">
            {part !== 'unprocessed' && <Segment part={part} from={0} to={1} />}
          </svg>{' '}
          {text}
        </li>
      ))}
    </ul>
  )
}

function Segment({ part, from, to }: { part: OutcomePart; from: number; to: number }) {
  return <line class={`part-${part}`} x1={percentOf(from)} x2={percentOf(to)} y1="50%" y2="50%" />
}

function startsOf(bar: Record<OutcomePart, number>): Record<OutcomePart, number> {
  return {
    written: 0,
    kept: bar.written,
    rejected: bar.written + bar.kept,
    unprocessed: 1 - bar.unprocessed,
  }
}

function percentOf(share: number): string {
  return `${Math.round(share * 1000) / 10}%`
}

function partsText({ language, text }: Ui, job: ListedJob): string {
  const words = partTexts(language, job).map((part) => part.text)
  if (words.length > 0) return words.join(', ')
  return isOver(job.status) ? text.job.noRecord : text.job.noneProcessed
}
