import { number, type Ui } from '../ground/ui.ts'

/** The number of things behind a link; zero is greyed out. */
export function Count({ ui, value }: { ui: Ui; value: number }) {
  return <span class={value === 0 ? 'count count-none' : 'count'}>{number(ui, value)}</span>
}
