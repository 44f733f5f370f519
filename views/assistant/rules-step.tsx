import { DOUBLES, DUPLICATES, OPERATIONS } from '../../src/domain/specification/specification.ts'
import type { Job } from '../../src/domain/jobs/job.ts'
import type { Ui } from '../ground/ui.ts'
import { RecordFilter } from './fields/record-filter.tsx'
import { AssistantSelect, AssistantText, AssistantTick, type StepForm } from './step-fields.tsx'
import { StepButtons, StepPage } from './step-page.tsx'

export type RulesStepProps = {
  ui: Ui
  job: Job
  form: StepForm
  hasKey: boolean
  /** Whether fields differ in what an empty value does. */
  isMixed: boolean
  /** The columns of the file, as far as they are known. */
  columns: string[]
  /** Whether the filter is one that the form cannot show. */
  isFilterHidden: boolean
}

/** Third step: what becomes of the records, in sentences. */
export function RulesStep(props: RulesStepProps) {
  const { ui, job, form, hasKey, isMixed, columns, isFilterHidden } = props
  const { rules } = ui.text.assistant
  const operations = hasKey ? OPERATIONS : (['insert'] as const)
  return (
    <StepPage ui={ui} job={job} step="rules" alert={form.alert}>
      <section class="card rules" aria-labelledby="rules-title">
        <h2 id="rules-title">{rules.title}</h2>
        <AssistantSelect
          form={form}
          name="operation"
          label={rules.operation}
          choices={operations.map((key) => [key, rules.operations[key]])}
        />
        {hasKey && (
          <>
            <AssistantSelect
              form={form}
              name="duplicates"
              label={rules.duplicates}
              choices={DUPLICATES.map((key) => [key, rules.duplicatesOf[key]])}
            />
            <AssistantSelect
              form={form}
              name="doubles"
              label={rules.doubles}
              choices={DOUBLES.map((key) => [key, rules.doublesOf[key]])}
            />
          </>
        )}
        <AssistantSelect
          form={form}
          name="empties"
          label={rules.empties}
          choices={[
            ...(isMixed ? [['mixed', rules.emptyMixed] as const] : []),
            ['keep', rules.emptyKeeps],
            ['overwrite', rules.emptyOverwrites],
          ]}
        />
        {hasKey && (
          <AssistantText
            form={form}
            name="secondKey"
            label={rules.secondKey}
            hint={rules.secondKeyHint}
          />
        )}
        <AssistantText
          form={form}
          name="maxRejects"
          label={rules.maxRejects}
          hint={rules.maxRejectsHint}
          inputmode="numeric"
        />
        <AssistantTick form={form} name="stopIfAllRejected" label={rules.stopIfAllRejected} />
        <AssistantTick form={form} name="trace" label={rules.trace} />
        <RecordFilter ui={ui} form={form} columns={columns} isHidden={isFilterHidden} />
        <StepButtons ui={ui} job={job} step="rules" />
      </section>
    </StepPage>
  )
}
