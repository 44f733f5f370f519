import { fill } from '../../../src/i18n/console.ts'
import { formatList } from '../../../src/i18n/format.ts'
import { shown } from '../../../src/i18n/shown.ts'
import type { Ui } from '../../ground/ui.ts'
import { marked, type Faulty } from './faulty.tsx'
import type { ValueFormats } from './column-row.ts'

type DetailsProps = {
  ui: Ui
  row: ValueFormats & { name: string }
  at: string
  faulty: Faulty | undefined
}

/** What a format leaves open: for which years two digits are taken, and the currency. */
export function FormatDetails(props: DetailsProps) {
  const { pivot, currency } = props.row.parts
  return (
    <>
      {pivot !== undefined && props.row.years.length > 0 && <Years {...props} pivot={pivot} />}
      {currency !== undefined && props.row.hasCurrency && (
        <Currency {...props} currency={currency} />
      )}
    </>
  )
}

/** The earliest and the latest show where a century ends. */
function Years({ ui, row: { name, years }, at, faulty, pivot }: DetailsProps & { pivot: number }) {
  const words = ui.text.form.valueFormats
  const [first, ...others] = years
  const ends = [first, others.at(-1)].filter((one) => one !== undefined)
  const told = ends.map((year) =>
    fill(words.yearIs, { written: year.written, year: String(year.year) }),
  )
  const id = `pivot-${at}`
  return (
    <div class="format-part">
      <mark>{fill(words.years, { years: formatList(ui.language, told) })}</mark>
      <br />
      <label for={id}>{words.pivot}</label>{' '}
      <input
        type="text"
        class="input"
        {...marked(faulty, id)}
        value={String(pivot)}
        inputmode="numeric"
        size={4}
        maxlength={4}
        autocomplete="off"
        aria-label={fill(words.pivotOf, { name: shown(name) })}
      />{' '}
      {fill(words.pivotTo, { year: String(pivot + 99) })}
    </div>
  )
}

function Currency({
  ui,
  row: { name },
  at,
  faulty,
  currency,
}: DetailsProps & { currency: string }) {
  const words = ui.text.form.valueFormats
  const id = `currency-${at}`
  return (
    <p class="format-part">
      <label for={id}>{words.currency}</label>{' '}
      <input
        type="text"
        class="input"
        {...marked(faulty, id)}
        value={currency}
        size={4}
        maxlength={10}
        autocomplete="off"
        aria-label={fill(words.currencyOf, { name: shown(name) })}
      />
    </p>
  )
}
