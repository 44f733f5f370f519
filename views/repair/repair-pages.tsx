import type { Ui } from '../ground/ui.ts'
import { repairUrl, type RepairPlace } from './repair-url.ts'

type PagesProps = { ui: Ui; jobId: number; place: RepairPlace; isMore: boolean }

/** Further pages of a reason; the button keeps what is typed. */
export function RepairPages({ ui, jobId, place, isMore }: PagesProps) {
  const { repair } = ui.text
  return (
    <div class="repair-pages">
      {place.after > 0 && (
        <a class="button" id="first-page" href={repairUrl(ui, jobId, { ...place, after: 0 })}>
          {repair.firstPage}
        </a>
      )}{' '}
      {isMore && (
        <button type="submit" name="act" value="next" class="button" id="button-next">
          {repair.next}
        </button>
      )}
    </div>
  )
}
