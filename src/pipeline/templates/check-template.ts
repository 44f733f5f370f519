import type { Store } from '../../db/store.ts'
import { STANDARD_STREAM } from '../../domain/specification/specification.ts'
import { tableOf, templateKind, type Template } from '../../domain/templates/template.ts'
import { checkExport } from '../export/check-export.ts'
import { checkTarget } from '../import/plan/check-import.ts'
import { requireExpressions } from '../import/plan/require-expressions.ts'
import { requireLookups } from '../import/plan/require-lookups.ts'
import { refusing } from '../refusing.ts'

/**
 * Validates a template as a job from it would be, as far as that needs no file. What names no table
 * is of any.
 * @throws InvalidInputError
 */
export async function checkTemplate(
  store: Store,
  template: Pick<Template, 'type' | 'parts'>,
): Promise<void> {
  const kind = templateKind(template)
  if (kind.type === 'export') {
    if (tableOf(template) === undefined) return
    await checkExport(store, { ...kind.specification, path: STANDARD_STREAM })
  } else {
    await refusing(() => requireExpressions(kind.specification))
    if (tableOf(template) === undefined) return
    const table = await refusing(() => checkTarget(store, kind.specification))
    await refusing(() =>
      requireLookups(store, table?.name ?? kind.specification.table, kind.specification),
    )
  }
}
