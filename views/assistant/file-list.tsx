import type { Job } from '../../src/domain/jobs/job.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { number, type Ui } from '../ground/ui.ts'
import { Icon } from '../parts/icon.tsx'
import { FoundLine, type FileFound } from './found-line.tsx'
import { stepPath } from './steps.ts'

/** One of the files of an import. */
export type ShownFile = {
  /** What the form calls it. */
  key: string
  name: string
  /** Undefined if it cannot be read. */
  found: FileFound | undefined
  /** Whether it is the one whose records are shown. */
  isShown: boolean
  /** Whether its records are written in another way than those of the first. */
  isOtherwise: boolean
  /** Why an import with it could only fail. */
  problem: string | undefined
  /** What is to be told of how it is read, and of its columns. */
  notes: string[]
}

/** The files of an import in their order, each with what was found and what is wrong. */
export function FileList({ ui, job, files }: { ui: Ui; job: Job; files: ShownFile[] }) {
  const { files: words } = ui.text.assistant
  return (
    <>
      <p class="field-hint">{words.order}</p>
      <ol class="file-list">
        {files.map((file, at) => (
          <li>
            <NameLine ui={ui} {...file} />
            {file.problem !== undefined && (
              <p class="misfits">
                <Icon ui={ui} name="error" /> {file.problem}
              </p>
            )}
            <Faults ui={ui} found={file.found} />
            {file.isOtherwise && <p class="field-hint">{words.otherwise}</p>}
            <FileNotes {...file} />
            <FileTools ui={ui} job={job} file={file} at={at} count={files.length} />
          </li>
        ))}
      </ol>
    </>
  )
}

export function FileNotes({ notes }: Pick<ShownFile, 'notes'>) {
  return notes.map((note) => <p class="field-hint">{note}</p>)
}

/** How many of its first records cannot be read, if any. */
function Faults({ ui, found }: { ui: Ui } & Pick<ShownFile, 'found'>) {
  if (found === undefined || found.faults === 0) return null
  const [n, faults] = [number(ui, found.read), number(ui, found.faults)]
  return <p class="misfits">{fill(ui.text.assistant.file.faults, { n, faults })}</p>
}

function NameLine({ ui, name, found }: { ui: Ui } & Pick<ShownFile, 'name' | 'found'>) {
  return found === undefined ? (
    <p class="found-line">
      <Icon ui={ui} name="file" /> <strong>{shown(name)}</strong>
    </p>
  ) : (
    <FoundLine ui={ui} name={name} found={found} />
  )
}

type FileToolsProps = { ui: Ui; job: Job; file: ShownFile; at: number; count: number }

function FileTools({ ui, job, file, at, count }: FileToolsProps) {
  const { files: words } = ui.text.assistant
  const { key, name, found, isShown } = file
  const button = (act: 'up' | 'down' | 'out') => (
    <button
      type="submit"
      id={`button-${act}-${key}`}
      name="arrange"
      value={`${act} ${key}`}
      class="button"
      aria-label={fill(words.named[act], { name: shown(name) })}
    >
      {words[act]}
    </button>
  )
  return (
    <p class="file-tools">
      {found !== undefined &&
        (isShown ? (
          <span class="quiet">{words.isShown}</span>
        ) : (
          <a href={`${stepPath(ui, job, 'file')}?file=${at + 1}#preview-title`}>
            {fill(words.show, { name: shown(name) })}
          </a>
        ))}{' '}
      {at > 0 && button('up')} {at < count - 1 && button('down')} {button('out')}
    </p>
  )
}
