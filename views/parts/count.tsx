import { number, type Ui } from '../ground/ui.ts'

/** How many there are behind a link; none is said quietly. */
export function Count({ ui, value }: { ui: Ui; value: number }) {
  return <span class={value === 0 ? 'count count-none' : 'count'}>{number(ui, value)}</span>
}
