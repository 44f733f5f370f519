import Sqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { anApp } from '../../support/pages/app.ts'

async function healthOf({ get }: Awaited<ReturnType<typeof anApp>>): Promise<[number, string]> {
  const answer = await get('/healthz')
  return [answer.status, await answer.text()]
}

test('the health of the server is told without a page around it', async () => {
  const app = await anApp({ basePath: '/tally' })
  expect(await healthOf(app)).toEqual([200, 'ok\n'])
  await app.store.close()
  expect(await healthOf(app)).toEqual([503, 'the database can not be read\n'])
})

test('a lock that nobody lets go of is told, and pages are read meanwhile', async () => {
  const app = await anApp()
  const other = new Sqlite(app.store.url.slice('sqlite:'.length))
  onTestFinished(() => void other.close())
  other.exec('begin immediate')
  const health = healthOf(app)
  expect((await app.get('/jobs')).status).toBe(200)
  expect(await health).toEqual([503, 'writes do not get through to the database\n'])
  other.exec('rollback')
  expect(await healthOf(app)).toEqual([200, 'ok\n'])
})

test.each([
  [{ wanted: 0, answering: 0, names: [] }, 200, 'ok\n'],
  [{ wanted: 2, answering: 1, names: [] }, 200, 'ok\n'],
  [{ wanted: 2, answering: 0, names: [] }, 503, 'no worker answers\n'],
])('of workers %o', async (workers, status, text) => {
  expect(await healthOf(await anApp({}, {}, { workers: () => workers }))).toEqual([status, text])
})
