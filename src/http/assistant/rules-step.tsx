import { RulesStep } from '../../../views/assistant/rules-step.tsx'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { formatNames, parseAmount, parseNames } from '../../domain/texts/input-parsing.ts'
import { matchColumns } from '../../pipeline/import/plan/mapping.ts'
import { tick } from '../forms/form-values.ts'
import type { AppDeps } from '../ground/env.ts'
import { isHidden, recordAnswers, recordsIn } from './answers/filter-answers.ts'
import { look, requireRunnable, tryLook } from './preview.ts'
import { withNames } from '../forms/with-names.ts'
import { stepForm } from './step-form.ts'
import type { ImportJob, Step, Typed } from './step.ts'

const FIELDS = [
  'operation',
  'doubles',
  'duplicates',
  'secondKey',
  'maxRejects',
  'filter',
  'firstRecord',
  'lastRecord',
] as const

export const rulesStep: Step<ImportJob> = {
  async draw(deps, { ui, job, typed, fault }, signal) {
    const { specification } = job
    const answers = typed ?? answersOf(specification)
    const { found } = await tryLook(deps, specification, signal, ({ names }) => names)
    const { filter } = specification
    return (
      <RulesStep
        ui={ui}
        job={job}
        form={stepForm(ui, answers, fault && withNames(fault), FIELDS)}
        hasKey={specification.key.length > 0}
        isMixed={emptiesOf(specification) === 'mixed'}
        columns={found ?? []}
        isFilterHidden={filter !== null && isHidden(filter)}
      />
    )
  },

  async save(deps, { specification: old, file_name: fileName }, typed, signal) {
    const secondKey = (typed['secondKey'] ?? '').trim()
    const maxRejects = (typed['maxRejects'] ?? '').trim()
    const asked = parseImportSpecification({
      ...old,
      operation: typed['operation'],
      doubles: typed['doubles'] ?? old.doubles,
      duplicates: typed['duplicates'] ?? old.duplicates,
      secondKey: secondKey === '' ? [] : parseNames(secondKey, ['secondKey']),
      maxRejects: maxRejects === '' ? null : parseAmount(maxRejects),
      stopIfAllRejected: typed['stopIfAllRejected'] === 'yes',
      trace: typed['trace'] === 'yes',
      ...recordsIn(typed, old),
    })
    return { specification: await withEmpties(deps, asked, typed['empties'], signal), fileName }
  },

  check: (deps, { specification }, _typed, signal) => requireRunnable(deps, specification, signal),
}

function answersOf(specification: ImportSpecification): Typed {
  const { operation, doubles, duplicates, secondKey, maxRejects } = specification
  return {
    operation,
    doubles,
    duplicates,
    secondKey: formatNames(secondKey),
    maxRejects: maxRejects === null ? '' : String(maxRejects),
    stopIfAllRejected: tick(specification.stopIfAllRejected),
    trace: tick(specification.trace),
    empties: emptiesOf(specification),
    ...recordAnswers(specification),
  }
}

/** Keys take no empty values, so they do not count. */
function emptiesOf({ fields, map, key }: ImportSpecification): 'keep' | 'overwrite' | 'mixed' {
  const filled = Object.values(map).filter((field) => !key.includes(field))
  const names = filled.length > 0 ? filled : Object.keys(fields)
  const isOverwriting = names.map((field) => fields[field]?.emptyOverwrites === true)
  if (!isOverwriting.includes(true)) return 'keep'
  return isOverwriting.includes(false) ? 'mixed' : 'overwrite'
}

/** The same rule for all fields that are filled. */
async function withEmpties(
  deps: AppDeps,
  specification: ImportSpecification,
  empties: string | undefined,
  signal: AbortSignal,
): Promise<ImportSpecification> {
  const isKept = empties === 'keep' && emptiesOf(specification) === 'keep'
  if (isKept || (empties !== 'keep' && empties !== 'overwrite')) return specification
  const filled = await look(deps, specification, signal, ({ table, header, profile }) =>
    table === undefined
      ? Object.values(specification.map)
      : matchColumns(header, table, profile.specification).fields.map(({ name }) => name),
  )
  const emptyOverwrites = empties === 'overwrite'
  const { fields, key } = specification
  const changed = filled
    .filter((name) => !key.includes(name))
    .map((name) => [name, { ...fields[name], emptyOverwrites }] as const)
  return parseImportSpecification({
    ...specification,
    fields: { ...fields, ...Object.fromEntries(changed) },
  })
}
