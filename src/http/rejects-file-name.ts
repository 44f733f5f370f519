/** `people.csv.gz` → `people-rejects.csv`: what is exported is not compressed. */
export function rejectsFileName(source: string): string {
  const plain = source.replace(/\.gz$/i, '')
  const [, stem = plain, extension = '.csv'] = /^(.+?)(\.[A-Za-z0-9]{1,8})?$/s.exec(plain) ?? []
  return `${stem}-rejects${extension}`
}
