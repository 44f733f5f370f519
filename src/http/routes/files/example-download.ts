import { parseImportSpecification } from '../../../domain/specification/parse-specification.ts'
import { tableOf } from '../../../domain/templates/template.ts'
import { lastSourceOf } from '../../../engine/jobs/last-source.ts'
import { SHEET_DELIMITERS } from '../../../i18n/format.ts'
import { exampleFile } from '../../../pipeline/import/preview/example-file.ts'
import { attachment } from '../../downloads/download.ts'
import { templateNamed } from '../../forms/template-named.ts'
import type { AppDeps } from '../../ground/env.ts'
import type { Handler } from '../../ground/route.ts'

/** A file to fill in, for a table, a template, or a table as a template says that files are written. */
export function downloadExample({ store }: Pick<AppDeps, 'store'>): Handler {
  return async (c) => {
    const template = await templateNamed({ store }, 'import', c.req.query('template'))
    const table = c.req.query('table') || (template && tableOf(template))
    const given = { ...template?.parts, path: 'example', table: table ?? '' }
    const specification = parseImportSpecification(given)
    const { language } = c.get('ui')
    const from = { template: template?.key, table: specification.table }
    const seen = await lastSourceOf(store.db, from)
    const separator = SHEET_DELIMITERS[language]
    const file = await exampleFile(store, specification, { separator, seen })
    c.header('Content-Type', file.contentType)
    c.header('Content-Disposition', attachment(file.name))
    return c.body(new Uint8Array(file.bytes))
  }
}
