import { fill } from '../../../src/i18n/console.ts'
import { number, type Ui } from '../../ground/ui.ts'
import { Icon } from '../../parts/icon.tsx'

type UnreadableProps = { ui: Ui; checked: number; unreadable: number }

/** Records of which the columns say nothing, since they are rejected whatever they fill. */
export function Unreadable({ ui, checked, unreadable }: UnreadableProps) {
  if (unreadable === 0) return null
  const words = { n: number(ui, checked), faults: number(ui, unreadable) }
  return (
    <p class="misfits" id="unreadable">
      <Icon ui={ui} name="error" /> {fill(ui.text.assistant.file.faults, words)}
    </p>
  )
}
