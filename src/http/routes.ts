import type { RequestLimits, Route, RouteRight } from './ground/route.ts'
import { answerJobPoll } from './responses/job-poll.ts'
import { answerRowsPoll } from './responses/rows-poll.ts'
import { STEPS_OF_EXPORT, STEPS_OF_IMPORT } from '../../views/assistant/steps.ts'
import { sendAsset } from './routes/assets.ts'
import { showStep, takeStep } from './routes/assistant/steps.tsx'
import { askBeforeDelete, deleteOne } from './routes/delete.tsx'
import { saveTexts, showTexts } from './routes/edit.tsx'
import { showHealth } from './routes/health.ts'
import { showLive } from './routes/job-live.tsx'
import { askBeforeCancel, commandJob, returnToJob, showTab } from './routes/job.tsx'
import { askBeforeMany } from './routes/list/jobs-question.tsx'
import { commandMany, returnToList, showList, showNewJobs, showRows } from './routes/list/jobs.tsx'
import { downloadJournal } from './routes/journal.ts'
import { switchLanguage } from './routes/language.ts'
import { showSpecification, takeSpecification } from './routes/new-job.tsx'
import { downloadReject, exportRejects, showReject } from './routes/reject.tsx'
import { showNewExport, takeNewExport } from './routes/assistant/new-export.tsx'
import { showNewImport, takeNewImport } from './routes/assistant/new-import.tsx'
import {
  applyRepairFile,
  returnToRepair,
  showRepairFile,
  takeRepairFile,
} from './routes/repair/repair-file.tsx'
import { showRepair } from './routes/repair/show-repair.tsx'
import { takeRepair } from './routes/repair/take-repair.tsx'
import {
  askBeforeDeleteTemplate,
  removeTemplate,
  showEditTemplate,
  takeEditTemplate,
} from './routes/templates/edit-template.tsx'
import { showSaveTemplate, takeSaveTemplate } from './routes/templates/save-template.tsx'
import { showTemplate, showTemplates } from './routes/templates/show-templates.tsx'
import { showReport } from './routes/report.tsx'
import { downloadResult } from './routes/files/result-download.ts'
import { askBeforeAgain, makeDuplicate, makeJobAgain } from './routes/run-again.tsx'
import {
  appendUpload,
  beginUpload,
  cancelUpload,
  finishUpload,
  showUpload,
  takeUpload,
} from './routes/files/upload.ts'
import { downloadExample } from './routes/files/example-download.ts'
import { downloadSource } from './routes/files/source-download.ts'
import { importSample, showToday, showTodayLive } from './routes/today.tsx'
import { showWorkers } from './routes/workers.tsx'

const MINUTE_MS = 60_000
/** Limits for forms, which are small and never contain files. */
const FORM: RequestLimits = { bytes: 256 * 1024, milliseconds: MINUTE_MS }

/** A step has several fields for each column of a file. */
const STEP: RequestLimits = { bytes: 2 * 1024 * 1024, milliseconds: MINUTE_MS }
/** A page of records, each with what is corrected in it. */
const REPAIRS: RequestLimits = { bytes: 2 * 1024 * 1024, milliseconds: MINUTE_MS }
/** Files come in streams that their handlers measure; a large one may take a day. */
const UPLOAD: RequestLimits = { bytes: Infinity, milliseconds: 24 * 60 * MINUTE_MS, isStream: true }

const NUMBER = '{[0-9]+}'
const JOB = `/jobs/:id${NUMBER}`
const UPLOADED = '/uploads/:file{[0-9a-f-]+}'
const TEMPLATE = '/templates/:template{[a-z0-9-]+}'
const REPAIR_FILE = `${JOB}/rejects/repair/file/:file{[0-9a-f-]+}`
const REJECT = `${JOB}/rejects/:record${NUMBER}`

/** All routes of the console; any other path is answered with 404. */
export const ROUTES: readonly Route[] = [
  { ...get('/healthz', 'anyone', showHealth), besideBase: true },
  get('/assets/:file', 'anyone', sendAsset),
  post('/language', 'anyone', FORM, switchLanguage),

  get('/', 'view', showToday),
  get('/today/live', 'view', showTodayLive),
  post('/today/sample', 'import', FORM, importSample),

  get('/workers', 'view', showWorkers),

  get('/templates', 'view', showTemplates),
  get(TEMPLATE, 'view', showTemplate),
  get(`${TEMPLATE}/edit`, 'type_of_template', showEditTemplate),
  post(`${TEMPLATE}/edit`, 'type_of_template', STEP, takeEditTemplate),
  get(`${TEMPLATE}/delete`, 'type_of_template', askBeforeDeleteTemplate),
  post(`${TEMPLATE}/delete`, 'type_of_template', FORM, removeTemplate),

  get('/jobs', 'view', showList),
  { ...get('/jobs/rows', 'view', showRows), poll: answerRowsPoll },
  get('/jobs/new', 'view', showNewJobs),
  get('/jobs/commands', 'view', returnToList),
  post('/jobs/commands', 'all_types', FORM, commandMany),
  get('/jobs/cancel', 'all_types', askBeforeMany('cancel')),
  get('/jobs/delete', 'all_types', askBeforeMany('delete')),

  get('/jobs/new/import', 'import', showNewImport),
  post('/jobs/new/import', 'import', FORM, takeNewImport),
  get('/jobs/new/export', 'export', showNewExport),
  post('/jobs/new/export', 'export', FORM, takeNewExport),
  get(`${JOB}/specification`, 'type_of_job', showSpecification),
  post(`${JOB}/specification`, 'type_of_job', FORM, takeSpecification),

  post('/uploads', 'import', UPLOAD, takeUpload),
  post('/uploads/parts', 'import', FORM, beginUpload),
  get(UPLOADED, 'import', showUpload),
  post(UPLOADED, 'import', UPLOAD, appendUpload),
  post(`${UPLOADED}/job`, 'import', FORM, finishUpload),
  post(`${UPLOADED}/cancel`, 'import', FORM, cancelUpload),
  get(`${JOB}/source`, 'import', downloadSource),
  get('/example', 'import', downloadExample),

  get(JOB, 'view', showTab('general')),
  get(`${JOB}/journal`, 'view', showTab('journal')),
  get(`${JOB}/journal.txt`, 'view', downloadJournal),
  get(`${JOB}/rejects`, 'view', showTab('rejects')),
  get(`${JOB}/rejects/export`, 'view', exportRejects),
  get(`${JOB}/rejects/repair`, 'type_of_job', showRepair),
  post(`${JOB}/rejects/repair`, 'type_of_job', REPAIRS, takeRepair),
  get(`${JOB}/rejects/repair/file`, 'type_of_job', returnToRepair),
  post(`${JOB}/rejects/repair/file`, 'type_of_job', UPLOAD, takeRepairFile),
  get(REPAIR_FILE, 'type_of_job', showRepairFile),
  post(REPAIR_FILE, 'type_of_job', FORM, applyRepairFile),
  get(REJECT, 'view', showReject),
  get(`${REJECT}/raw`, 'view', downloadReject),
  { ...get(`${JOB}/live`, 'view', showLive), poll: answerJobPoll },
  get(`${JOB}/report`, 'view', showReport),
  get(`${JOB}/file`, 'export', downloadResult),

  post(`${JOB}/start`, 'type_of_job', FORM, commandJob('start')),
  get(`${JOB}/start`, 'view', returnToJob),
  post(`${JOB}/pause`, 'type_of_job', FORM, commandJob('pause')),
  get(`${JOB}/pause`, 'view', returnToJob),
  post(`${JOB}/cancel`, 'type_of_job', FORM, commandJob('cancel')),
  get(`${JOB}/cancel`, 'type_of_job', askBeforeCancel),
  post(`${JOB}/run-again`, 'type_of_job', FORM, makeJobAgain),
  get(`${JOB}/run-again`, 'type_of_job', askBeforeAgain),
  post(`${JOB}/duplicate`, 'type_of_job', FORM, makeDuplicate),
  get(`${JOB}/duplicate`, 'view', returnToJob),
  post(`${JOB}/edit`, 'type_of_job', FORM, saveTexts),
  get(`${JOB}/edit`, 'type_of_job', showTexts),
  ...[...STEPS_OF_IMPORT, ...STEPS_OF_EXPORT].flatMap((step) => [
    get(`${JOB}/edit/${step}`, 'type_of_job', showStep(step)),
    post(`${JOB}/edit/${step}`, 'type_of_job', STEP, takeStep(step)),
  ]),
  get(`${JOB}/template`, 'type_of_job', showSaveTemplate),
  post(`${JOB}/template`, 'type_of_job', FORM, takeSaveTemplate),
  post(`${JOB}/delete`, 'type_of_job', FORM, deleteOne),
  get(`${JOB}/delete`, 'type_of_job', askBeforeDelete),
]

/** A GET route reads no request body. */
function get(path: string, right: RouteRight, handler: Route['handler']): Route {
  return { method: 'GET', path, right, limits: { bytes: 0, milliseconds: MINUTE_MS }, handler }
}

function post(
  path: string,
  right: RouteRight,
  limits: RequestLimits,
  handler: Route['handler'],
): Route {
  return { method: 'POST', path, right, limits, handler }
}
