import { StartStep } from '../../../../views/assistant/export/start-step.tsx'
import type { ExportJob } from '../../../domain/jobs/job.ts'
import { lastDifferential } from '../../../engine/jobs/last-differential.ts'
import { exportJob } from '../../../engine/jobs/new-job.ts'
import { stepForm } from '../step-form.ts'
import type { Step } from '../step.ts'
import { requireWritable } from './output-step.tsx'

const FIELDS = ['label', 'startAt'] as const

export const startStep: Step<ExportJob> = {
  async draw({ store }, { ui, job, typed, fault }) {
    const last = await lastDifferential(store.db, job)
    const form = stepForm(ui, typed ?? { label: labelAnswer(job) }, fault, FIELDS)
    return <StartStep ui={ui} job={job} form={form} last={last?.job} />
  },

  save(_deps, { specification, file_name: fileName }, typed) {
    const { label } = exportJob(specification, { fileName, label: typed['label'] })
    return Promise.resolve({ specification, fileName, label })
  },

  check: requireWritable,
}

/** Empty for a job that is named after its table and file. */
function labelAnswer({ specification, file_name: fileName, label }: ExportJob): string {
  return label === exportJob(specification, { fileName }).label ? '' : label
}
