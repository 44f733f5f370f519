import { severalFilesOf } from '../../src/domain/records/source-files.ts'
import { shownPath, type Job, type JobKind } from '../../src/domain/jobs/job.ts'
import type {
  ExportSpecification,
  ImportSpecification,
} from '../../src/domain/specification/specification.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import { recordFacts } from './selected-records.ts'
import { rowFacts, windowFacts } from './selected-rows.ts'
import { Facts, type Fact } from '../parts/facts.tsx'
import { number, type Ui } from '../ground/ui.ts'
import { Lines, fieldRuleText } from './field-rules.tsx'
import { writtenWords } from './value-rules.ts'
import { resultFacts, sourceFacts, type FoundDialect } from '../formats/format-facts.ts'

type SpecificationProps = {
  ui: Ui
  job: Job
  found: FoundDialect | undefined
  /** Whether it is on a job's page, which shows the outcome. */
  isOnPage?: boolean
  /** The template that it was made from, on its page. */
  template?: Fact[]
}

/** The specification of a job in words. */
export function Specification({ ui, job, found, isOnPage = false, template }: SpecificationProps) {
  const { jobPage, report, general } = ui.text
  const facts = [...specificationFacts(ui, withShownPath(job), found), ...windowFacts(ui, job)]
  if (!isOnPage) return <Facts told title={report.specification.title} facts={facts} />
  const who = { name: general.createdBy, value: job.created_by }
  return <Facts told title={jobPage.asked.title} facts={[...facts, ...(template ?? []), who]} />
}

/** A specification in words; what it leaves open, as that of a template does, is not told. */
export function specificationFacts(ui: Ui, kind: JobKind, found: FoundDialect | undefined): Fact[] {
  const facts =
    kind.type === 'import'
      ? importFacts(ui, kind.specification, found)
      : exportFacts(ui, kind.specification)
  return facts.filter(({ value }) => value !== '')
}

function withShownPath(job: Job): JobKind {
  const names = severalFilesOf(job).map(({ name }) => name)
  const path = names.length > 0 ? names.join(', ') : shownPath(job)
  return job.type === 'import'
    ? { type: job.type, specification: { ...job.specification, path } }
    : { type: job.type, specification: { ...job.specification, path } }
}

function importFacts(
  ui: Ui,
  specification: ImportSpecification,
  found: FoundDialect | undefined,
): Fact[] {
  const { specification: text } = ui.text.report
  const { operation, doubles, duplicates, key, secondKey, map, fields } = specification
  const columns = Object.entries(map).map(([column, field]) => `${column} → ${field}`)
  const rules = Object.entries(fields).map(
    ([field, rule]) => `${field}: ${fieldRuleText(ui, rule)}`,
  )
  return [
    { name: text.path, value: specification.path },
    {
      name: text.table,
      value: specification.create
        ? fill(text.create, { table: specification.table })
        : specification.table,
    },
    { name: text.operation, value: text.operations[operation] },
    { name: text.key, value: key.length === 0 ? text.noKey : key.join(', ') },
    ...(secondKey.length === 0 ? [] : [{ name: text.secondKey, value: secondKey.join(', ') }]),
    // Doubles and duplicates exist only with a key.
    ...(key.length === 0
      ? []
      : [
          { name: text.doubles, value: text.doublesOf[doubles] },
          ...(operation === 'reconcile' || operation === 'delete'
            ? []
            : [{ name: text.duplicates, value: text.duplicatesOf[duplicates] }]),
        ]),
    ...sourceFacts(ui, specification, found),
    ...headFacts(ui, specification),
    ...recordFacts(ui, specification),
    { name: text.columns, value: columns.length === 0 ? text.byName : <Lines lines={columns} /> },
    ...columnFacts(ui, specification),
    { name: text.fields, value: rules.length === 0 ? text.noFields : <Lines lines={rules} /> },
    { name: text.limits, value: <Lines lines={limitsOf(ui, specification)} /> },
    ...(specification.trace ? [{ name: text.journal, value: text.trace }] : []),
    { name: text.dryRun, value: yesOrNo(ui, specification.dryRun) },
  ]
}

/** Columns that fill nothing, and the types that were chosen for a table that the job makes. */
function columnFacts(ui: Ui, specification: ImportSpecification): Fact[] {
  const { leaveOut, sensitiveColumns: masked, types } = specification
  const { asked } = ui.text.jobPage
  const chosen = Object.entries(types).map(([field, type]) => `${field}: ${type}`)
  return [
    ...(masked.length === 0 ? [] : [{ name: asked.sensitiveColumns, value: masked.join(', ') }]),
    ...(leaveOut.length === 0 ? [] : [{ name: asked.leaveOut, value: leaveOut.join(', ') }]),
    ...(chosen.length === 0 ? [] : [{ name: asked.types, value: <Lines lines={chosen} /> }]),
  ]
}

function limitsOf(ui: Ui, { stopIfAllRejected, maxRejects }: ImportSpecification): string[] {
  const { specification: text } = ui.text.report
  return [
    stopIfAllRejected ? text.stopIfAllRejected : text.keepGoing,
    maxRejects === null ? text.unlimited : fill(text.maxRejects, { n: number(ui, maxRejects) }),
  ]
}

/** Options of the file's head that were set. */
function headFacts(ui: Ui, specification: ImportSpecification): Fact[] {
  const { specification: text } = ui.text.report
  const { skip, skipLast, headerLines, columns, nulls } = specification
  const facts: [string, string | number | null][] = [
    [text.skip, skip],
    [text.headerLines, headerLines],
    [text.ownNames, columns.join(', ') || null],
    [text.skipLast, skipLast || null],
    [text.nulls, nulls.join(', ') || null],
  ]
  return facts.flatMap(([name, value]) => {
    if (value === null) return []
    return [{ name, value: typeof value === 'number' ? number(ui, value) : shown(value) }]
  })
}

function exportFacts(ui: Ui, specification: ExportSpecification): Fact[] {
  const { specification: text } = ui.text.report
  const { columns, fields } = specification
  const rules = Object.entries(fields).flatMap(([field, { format }]) =>
    format === null ? [] : [`${field}: ${writtenWords(ui, format)}`],
  )
  return [
    { name: text.table, value: specification.table },
    { name: text.path, value: specification.path },
    { name: text.columns, value: columns.length === 0 ? text.allColumns : columns.join(', ') },
    ...(rules.length === 0 ? [] : [{ name: text.fields, value: <Lines lines={rules} /> }]),
    ...rowFacts(ui, specification),
    ...resultFacts(ui, specification),
    { name: text.gzip, value: text.gzipOf[specification.gzip ? 'yes' : 'no'] },
  ]
}

function yesOrNo({ text }: Ui, is: boolean): string {
  return is ? text.report.yes : text.report.no
}
