import type { StoredReject } from '../../src/domain/reject.ts'
import { messageText } from '../../src/i18n/catalogue.ts'
import { dateTime, type Ui } from '../ui.ts'

export function Rejects({ ui, rejects }: { ui: Ui; rejects: StoredReject[] }) {
  return (
    <table class="table">
      <tbody>
        {rejects.map((reject) => (
          <tr>
            <td>{reject.record}</td>
            <td>{reject.line}</td>
            <td>{dateTime(ui, reject.at)}</td>
            <td>{reject.field}</td>
            <td>{messageText(ui.language, reject)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
