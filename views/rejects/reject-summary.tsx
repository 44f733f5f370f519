import type { RejectKind } from '../../src/engine/rejects/reject-kinds.ts'
import { originOf, severalFilesOf } from '../../src/domain/records/source-files.ts'
import { levelLabel, messageOnPage } from '../../src/i18n/catalogue.ts'
import { fill } from '../../src/i18n/console.ts'
import { Count } from '../parts/count.tsx'
import { Icon } from '../parts/icon.tsx'
import { LineRanges } from './line-ranges.tsx'
import { RawText } from './raw-text.tsx'
import { number } from '../ground/ui.ts'
import { rejectsUrl, type RejectState } from './rejects-url.ts'
import type { RejectsProps } from './rejects-props.ts'

const TYPES = [undefined, 'error', 'warning'] as const
/** Maximum number of kinds that are shown without opening. */
const SHOWN_KINDS = 12

/** Filter by type: all, errors, warnings; with counts. */
export function RejectFilter({ ui, job, state, kinds }: RejectsProps) {
  return (
    <nav class="filter" aria-label={ui.text.rejects.type}>
      {TYPES.map((type) => (
        <>
          <a
            id={`rejects-${type ?? 'all'}`}
            href={rejectsUrl(ui, job.id, { type })}
            aria-current={type === state.type && state.code === undefined ? 'true' : undefined}
          >
            {type === undefined ? ui.text.rejects.all : ui.text.rejects.types[type]}{' '}
            <Count
              ui={ui}
              value={sum(kinds.filter((kind) => type === undefined || kind.type === type))}
            />
          </a>{' '}
        </>
      ))}
    </nav>
  )
}

/**
 * The kinds of rejects with counts. Each links to its rejects; the selected one links back to all.
 */
export function RejectSummary(props: RejectsProps) {
  const { ui, job, state } = props
  const { text } = ui
  const kinds = props.kinds.filter(
    ({ type }) => state.code !== undefined || state.type === undefined || type === state.type,
  )
  if (kinds.length === 0) return null
  const isShown = (kind: RejectKind, index: number) => index < SHOWN_KINDS || isChosen(kind, state)
  const others = kinds.filter((kind, index) => !isShown(kind, index))
  return (
    <div class="reject-kinds">
      <h2>
        <span id="reject-kinds-title">
          {job.dry_run ? text.rejects.wouldSummary : text.rejects.summary}
        </span>{' '}
        {state.code !== undefined && (
          <a id="reject-kinds-all" href={rejectsUrl(ui, job.id)}>
            {text.rejects.back}
          </a>
        )}
      </h2>
      <ul aria-labelledby="reject-kinds-title">
        {kinds.filter(isShown).map((kind) => (
          <Kind {...props} kind={kind} />
        ))}
      </ul>
      {others.length > 0 && (
        <details id="reject-kinds-others">
          <summary>{fill(text.rejects.moreKinds, { n: number(ui, others.length) })}</summary>
          <ul aria-labelledby="reject-kinds-title">
            {others.map((kind) => (
              <Kind {...props} kind={kind} />
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function Kind({
  ui,
  job,
  state,
  kind,
}: Pick<RejectsProps, 'ui' | 'job' | 'state'> & { kind: RejectsProps['kinds'][number] }) {
  const { language, text } = ui
  const { type, code, field, example, lines } = kind
  const fileOf = originOf(severalFilesOf(job))
  const chosen = isChosen(kind, state)
  return (
    <li>
      <a
        id={`reject-kind-${kind.kind}`}
        href={rejectsUrl(ui, job.id, chosen ? {} : { type, code, field })}
        aria-current={chosen ? 'true' : undefined}
        title={chosen ? text.rejects.back : undefined}
      >
        <b class="number">{number(ui, kind.count)}</b>{' '}
        <span class="status-badge">
          <Icon ui={ui} name={type} />
          <span class="visually-hidden">{levelLabel(language, type)}</span>
        </span>{' '}
        <code>{code}</code>{' '}
        <span class={field === null ? 'quiet' : 'field-name'}>
          {field === null ? text.rejects.wholeRecord : <RawText>{field}</RawText>}
        </span>{' '}
        {example !== undefined && (
          <span class="example">
            {Object.keys(example.params).length > 0 && `${text.rejects.forExample} `}
            <RawText>{messageOnPage(language, example)}</RawText>
          </span>
        )}{' '}
        {lines !== undefined && (
          <span class="lines quiet">
            {text.rejects.lines} <LineRanges ui={ui} {...lines} fileOf={fileOf} />
          </span>
        )}
      </a>
    </li>
  )
}

function isChosen({ type, code, field }: RejectKind, state: RejectState): boolean {
  return type === state.type && code === state.code && field === state.field
}

function sum(kinds: RejectKind[]): number {
  return kinds.reduce((total, { count }) => total + count, 0)
}
