import { RawText } from './raw-text.tsx'
import {
  differingColumns,
  commonFacts,
  COLUMNS,
  readsSeveral,
  type RejectColumn,
} from './reject-columns.ts'
import { RejectRows } from './reject-rows.tsx'
import { rejectsUrl } from './rejects-url.ts'
import type { RejectsProps } from './rejects-props.ts'

const NUMBERS: readonly RejectColumn[] = ['record', 'line']

/**
 * The rejects of a page: columns for values that differ, and a sentence for the others. Without
 * rejects, the `chosen` filter says why.
 */
export function RejectTable({ ui, job, rejects, chosen }: RejectsProps & { chosen: string }) {
  const { text } = ui
  const columns = columnsFor({ ui, job, rejects })
  return (
    <>
      <CommonFacts ui={ui} job={job} rejects={rejects} />
      <section class="scroller" tabindex={0} id="reject-scroller" aria-label={text.rejects.records}>
        <table class="table reject-table">
          <caption class="visually-hidden">{text.rejects.records}</caption>
          <thead>
            <tr>
              {columns.map((name) => (
                <th scope="col" class={NUMBERS.includes(name) ? 'number' : undefined}>
                  {text.rejects[name]}
                </th>
              ))}
            </tr>
          </thead>
          <RejectRows ui={ui} job={job} rejects={rejects} columns={columns} />
        </table>
        {rejects.length === 0 && (
          <p class="empty">
            {text.rejects.noMatch} {chosen} <a href={rejectsUrl(ui, job.id)}>{text.rejects.back}</a>
          </p>
        )}
      </section>
    </>
  )
}

type Shown = Pick<RejectsProps, 'ui' | 'job' | 'rejects'>

function columnsFor({ ui, job, rejects }: Shown): RejectColumn[] {
  const differ: ReadonlySet<RejectColumn> = differingColumns(ui, rejects)
  const hasKey = job.type === 'import' && job.specification.key.length > 0
  return COLUMNS.filter((name) => {
    switch (name) {
      case 'type':
      case 'at':
      case 'connector':
      case 'code':
        return differ.has(name)
      case 'origin':
        return readsSeveral(job)
      case 'key':
        return hasKey
      default:
        return true
    }
  })
}

function CommonFacts({ ui, job, rejects }: Shown) {
  const same = commonFacts(ui, job, rejects)
  if (same.length === 0) return null
  return (
    <p class="same-in-all">
      {ui.text.rejects.sameInAll}{' '}
      {same.map(([name, value], at) => (
        <>
          {at > 0 && ' · '}
          <span class="quiet">{name}:</span> <RawText>{value}</RawText>
        </>
      ))}
    </p>
  )
}
