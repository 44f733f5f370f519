import { TryStep } from '../../../views/assistant/try-step.tsx'
import { importsAlike } from '../../engine/jobs/imports-alike.ts'
import { givenLabel, importJob } from '../../engine/jobs/new-job.ts'
import { requireNew, type Alike } from '../../pipeline/import/plan/require-new.ts'
import { fileLooks } from '../forms/file-looks.ts'
import type { AppDeps } from '../ground/env.ts'
import { readTrial } from './read-trial.ts'
import { requireRunnable, tryLook } from './preview.ts'
import { withNames } from '../forms/with-names.ts'
import { stepForm } from './step-form.ts'
import type { ImportJob, Step, Typed } from './step.ts'

const FIELDS = ['label', 'again', 'startAt', 'records'] as const

/** Enough to see most of what is wrong, and soon done. */
const TRIED_RECORDS = 1_000

export const tryStep: Step<ImportJob> = {
  async draw(deps, { ui, job, typed, fault }, signal) {
    const trial = await readTrial(deps.store.db, job)
    const records = String(trial?.records ?? TRIED_RECORDS)
    const answers: Typed = { records, ...(typed ?? { label: givenLabel(job) ?? '' }) }
    const { found } = await tryLook(deps, job.specification, signal, ({ profile }) => profile.memo)
    return (
      <TryStep
        ui={ui}
        job={job}
        form={stepForm(ui, answers, fault && withNames(fault), FIELDS)}
        found={found}
        trial={trial}
        asksAgain={answers['again'] === 'yes' || fault?.at?.[0] === 'again'}
        // On a file, it has a copy of its own.
        isLocking={deps.store.file === undefined}
      />
    )
  },

  save(_deps, { specification, file_name: fileName }, typed) {
    const { label } = importJob(specification, { fileName, label: typed['label'] })
    return Promise.resolve({ specification, fileName, label })
  },

  async check(deps, { specification }, typed, signal) {
    await requireRunnable(deps, specification, signal)
    // A trial writes nothing.
    const isTrial = ['try', 'try_all'].includes(typed['act'] ?? '')
    if (typed['again'] !== 'yes' && !isTrial) await requireOther(deps, specification, signal)
  },
}

/** @throws InvalidInputError where the same file was imported before */
async function requireOther(
  { store }: Pick<AppDeps, 'store'>,
  specification: ImportJob['specification'],
  signal: AbortSignal,
): Promise<void> {
  const find: Alike['find'] = (file) => importsAlike(store.db, file)
  await fileLooks.look(specification.path, signal, (stopSignal) =>
    requireNew(store, specification, { find, stopSignal }),
  )
}
