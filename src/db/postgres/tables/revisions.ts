import type { Db, Store } from '../../store.ts'

export function openRevisions(db: Db): Pick<Store, 'revisionOf' | 'revisionsOf'> {
  const ofJobs = () => db.selectFrom('tallyman_job').select(['id', 'revision'])
  return {
    async revisionOf(id) {
      return (await ofJobs().where('id', '=', id).executeTakeFirst())?.revision
    },
    async revisionsOf(ids) {
      const rows = ids.length === 0 ? [] : await ofJobs().where('id', 'in', ids).execute()
      return new Map(rows.map((row) => [row.id, row.revision]))
    },
  }
}
