import { rejects, repair } from './rejects.ts'
import { assistant } from './assistant.ts'
import { assistantExport, assistantFields } from './assistant-fields.ts'
import { uploads } from './files.ts'
import { forms } from './forms.ts'
import { jobPage } from './job-page.ts'
import { list } from './list.ts'
import { report } from './report.ts'
import { templates } from './templates.ts'
import { today, workers } from './today.ts'

/** The texts of the pages. `{name}` stands for a value of that name. */
export const consoleTexts = {
  layout: {
    description: 'Import and export jobs, with every record accounted for.',
    skip: 'Skip to the content',
    refreshes: 'This page loads itself anew every {n} seconds.',
    stopRefresh: 'Stop that',
    refreshesNot: 'This page does not load itself anew.',
    startRefresh: 'Load it anew every {n} seconds',
    navigation: 'Main navigation',
    today: 'Today',
    jobs: 'Jobs',
    newImport: 'New import',
    newExport: 'New export',
    templates: 'Templates',
    operator: 'Operator',
    timeZone: 'Times in',
    serverAway:
      'The server cannot be reached. What you see may be out of date; the page keeps trying.',
  },
  error: {
    title: 'This could not be done',
    unknown: 'Something went wrong. It was recorded; tell whoever runs Tallyman this number:',
    request: 'Request',
    noPage: 'There is no such page.',
    back: 'To the list of jobs',
  },
  tally: {
    title: 'Tally',
    balances: 'The tally balances: every record processed is accounted for.',
    balancesSoFar: 'The tally balances so far: every record processed is accounted for.',
    broken: 'The tally does not balance. This is a bug in Tallyman: please report it.',
  },
  job: {
    job: 'job',
    edit: 'Edit label',
    label: 'Label',
    descriptionField: 'Description',
    save: 'Save',
    keep: 'Cancel editing',
    tabs: 'Parts of the job',
    controls: 'Commands',
    general: 'General',
    journal: 'Journal',
    rejects: 'Rejects',
    report: 'Report',
    progress: 'Progress',
    noneProcessed: 'Nothing processed yet',
    noRecord: 'No record was processed',
    unknownShare: 'share unknown',
    processed: '{n} {n:record|records} processed',
    inTime: 'in {time}',
    perSecond: '{n} records/s',
    left: 'about {time} left',
    stalled: 'no progress for {time}',
  },
  form: forms,
  assistant,
  assistantFields,
  assistantExport,
  general: {
    execution: 'Execution',
    counters: 'Counters and errors',
    lowLevel: 'Low-level counters',
    others: 'Others',
    type: 'Job type',
    startedAt: 'Start date',
    endedAt: 'End date',
    duration: 'Duration',
    createdBy: 'Created by',
    createdAt: 'Created on',
    startedBy: 'Started by',
    origin: 'Copy of job',
    fileName: 'File name',
    fileSize: 'File size',
    sha256: 'SHA-256',
    targetTable: 'Table',
    worker: 'Worker',
    priority: 'Priority',
    attempts: 'Attempts',
    bytes: 'bytes',
  },
  warnings: {
    title: 'Warnings',
    inJournal: 'In the journal: {n}',
    ofRecords: 'About records: {n}',
  },
  journal: {
    level: 'Level',
    at: 'Date and time',
    code: 'Code',
    message: 'Message',
    actor: 'Who',
    filter: 'Level',
    all: 'All',
    none: 'No entries.',
    older: 'Older entries',
    newest: 'Newest entries',
    download: 'Download as text',
  },
  jobPage,
  rejects,
  repair,
  report,
  list,
  templates,
  today,
  workers,
  upload: uploads,
}

export type ConsoleTexts = typeof consoleTexts
