import { expect, test } from 'vitest'
import { readServerConfig } from '../../../src/config.ts'
import { iterateJournal } from '../../../src/engine/ground/journal.ts'
import { aJob, OPERATOR } from '../../support/jobs/a-job.ts'
import { aLog } from '../../support/programs/a-log.ts'
import { all } from '../../support/all.ts'
import { anApp, OWN } from '../../support/pages/app.ts'

function proxies(TALLYMAN_TRUSTED_PROXIES?: string) {
  return readServerConfig({ TALLYMAN_TRUSTED_PROXIES }, {}).trustedProxies
}

test.each([
  ['127.0.0.1', undefined, 'eve'],
  ['::1', undefined, 'eve'],
  ['::ffff:127.0.0.1', undefined, 'eve'],
  ['10.0.0.7', undefined, OPERATOR],
  ['10.1.2.3', '10.1.0.0/16, fd00::/8', 'eve'],
  ['fd00::7', '10.1.0.0/16, fd00::/8', 'eve'],
  ['10.2.2.3', '10.1.0.0/16, fd00::/8', OPERATOR],
  ['127.0.0.1', '10.1.2.3', OPERATOR],
])('whom %s names, with %s trusted, acts as %s', async (remoteAddress, trusted, actor) => {
  const settings = { operatorHeader: 'x-user', trustedProxies: proxies(trusted) }
  const { db, post } = await anApp(settings, { remoteAddress })
  const { id } = await aJob(db)
  await post(`/jobs/${id}/start`, [], { ...OWN, 'x-user': 'eve' })
  expect((await all(iterateJournal(db, id))).at(-1)).toMatchObject({ code: 'TLY-1002', actor })
})

test('an operator who is named from elsewhere is told of once', async () => {
  const { log, lines } = aLog('warn')
  const settings = { operatorHeader: 'x-user' }
  const { get } = await anApp(settings, { remoteAddress: '10.0.0.7' }, { log })
  for (let times = 0; times < 3; times++) await get('/jobs', { 'x-user': 'eve' })
  expect(lines).toMatchObject([
    {
      from: '10.0.0.7',
      header: 'x-user',
      msg: expect.stringContaining('TALLYMAN_TRUSTED_PROXIES'),
    },
  ])
})

test.each([
  ['10.0.0.7', '203.0.113.9', undefined],
  ['127.0.0.1', undefined, undefined],
  ['127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['127.0.0.1', 'forged, 203.0.113.9, 127.0.0.2', '203.0.113.9'],
  ['127.0.0.1', '127.0.0.2', undefined],
])('the log tells who asked from %s for %s', async (remoteAddress, forwarded, forwardedFor) => {
  const { log, lines } = aLog('info')
  const { db, post, get } = await anApp({ operatorHeader: 'x-user' }, { remoteAddress }, { log })
  const { id } = await aJob(db)
  const headers = {
    ...OWN,
    'x-user': 'ana',
    ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
  }
  await post(`/jobs/${id}/start`, [], headers)
  await get(`/jobs/${id}/live`, headers)
  const requests = lines.filter((line) => 'method' in line)
  expect(requests).toMatchObject([
    { method: 'POST', path: `/jobs/${id}/start`, status: 303, from: remoteAddress },
  ])
  expect(requests[0]?.['forwarded_for']).toBe(forwardedFor)
})
