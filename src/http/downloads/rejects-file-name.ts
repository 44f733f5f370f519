import type { RejectFilter } from '../../engine/rejects/reject-kinds.ts'

type Chosen = Pick<RejectFilter, 'code'> & { isSheet: boolean }

/** `people.csv.gz` → `people-rejects.csv`: the file of rejects is not compressed. */
export function rejectsFileName(source: string, { code, isSheet }: Chosen): string {
  const plain = source.replace(/\.gz$/i, '')
  const [, stem = plain, extension = '.csv'] = /^(.+?)(\.[A-Za-z0-9]{1,8})?$/s.exec(plain) ?? []
  const parts = [stem, 'rejects', ...(code === undefined ? [] : [code])]
  return isSheet ? `${parts.join('-')}-spreadsheet.csv` : `${parts.join('-')}${extension}`
}
