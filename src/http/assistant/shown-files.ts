import path from 'node:path'
import type { ShownFile } from '../../../views/assistant/file-list.tsx'
import { LONG_PREVIEW } from '../../../views/assistant/file-step.tsx'
import { dialectWords, type FileFound } from '../../../views/assistant/found-line.tsx'
import type { Ui } from '../../../views/ground/ui.ts'
import { MESSAGES, type Message } from '../../domain/words/messages.ts'
import { messageOnPage, problemOnPage } from '../../i18n/catalogue.ts'
import { tellSource } from '../../pipeline/import/opening/tell-source.ts'
import { previewSource } from '../../pipeline/import/preview/preview-source.ts'
import type { PreviewedFile, SeenFile } from '../../pipeline/import/preview/seen-file.ts'
import { fileKey } from '../forms/chosen-files.ts'
import { withNames } from '../forms/with-names.ts'

/**
 * What a page says of each file of an import.
 * @param most the records to show of the file that stands at `at`
 */
export function shownFiles(
  ui: Ui,
  files: PreviewedFile[],
  { most, at: wanted }: { most: number; at: number },
): ShownFile[] {
  const chosen = files[wanted] === undefined ? 0 : wanted
  const all = files.map(({ seen }, at) => seen && foundIn(ui, seen, at === chosen ? most : 0))
  const written = all.map((found) => found && dialectWords(ui, found).join())
  return files.map(({ place, name, seen, error, notes }, at): ShownFile => {
    const [first, own] = [written[0], written[at]]
    return {
      key: fileKey(place),
      name: path.basename(name),
      found: all[at],
      isShown: at === chosen,
      isOtherwise: first !== undefined && own !== undefined && own !== first,
      problem: error && problemOnPage(ui.language, withNames(error.problem), ui.timeZone),
      notes: [...guessesIn(seen), ...notes].map((message) =>
        messageOnPage(ui.language, withNames(message)),
      ),
    }
  })
}

/** What may be otherwise than it was found to be, as the journal will tell it. */
function guessesIn(seen: SeenFile | undefined): Message[] {
  if (seen === undefined) return []
  const { profile } = seen
  const told = tellSource({ ...profile, others: [] }, profile.specification)
  return told.filter(({ code }) => MESSAGES[code] === 'warning')
}

/** What a page says of one of them. */
function foundIn(ui: Ui, seen: SeenFile, most: number): FileFound {
  const found = previewSource(seen, most)
  const { size, count, read, faults, names, records } = found
  return {
    dialect: seen.profile.memo,
    headerLine: headerLineOf(seen),
    size,
    count,
    read,
    faults,
    names,
    records: records.map(({ fault, ...record }) => ({
      ...record,
      fault: fault === undefined ? undefined : messageOnPage(ui.language, fault),
    })),
    isMore: most < LONG_PREVIEW && most < read,
  }
}

function headerLineOf({ profile }: SeenFile): number | undefined {
  const { specification, memo } = profile
  const hasHeader = specification.header && profile.header.length > 0
  return hasHeader && memo.format === 'delimited' ? memo.skipped + 1 : undefined
}
