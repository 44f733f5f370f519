import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { readServerConfig } from '../../../src/config.ts'
import type { AppEnv } from '../../../src/http/ground/env.ts'
import { answerJobPoll } from '../../../src/http/responses/job-poll.ts'
import { aJob, OPERATOR } from '../../support/jobs/a-job.ts'
import { aStore } from '../../support/a-store.ts'

test('what was drawn for an operator is sent to the same operator again, and to no other', async () => {
  const { store } = await aStore()
  const { id } = await aJob(store.db)
  const { trustedProxies } = readServerConfig({}, {})
  const settings = { operator: OPERATOR, operatorHeader: 'x-user', trustedProxies }
  let drawings = 0
  const app = new Hono<AppEnv>().get('/jobs/:id', answerJobPoll({ store, settings }), (c) =>
    c.text(`drawing ${++drawings} for ${c.req.header('x-user')}`),
  )
  const socket = { remoteAddress: '127.0.0.1' }
  const poll = async (user: string) => {
    const headers = { 'x-user': user }
    return await (await app.request(`/jobs/${id}`, { headers }, { incoming: { socket } })).text()
  }
  expect(await poll('ana')).toBe('drawing 1 for ana')
  expect(await poll('eve')).toBe('drawing 2 for eve')
  expect(await poll('ana')).toBe('drawing 1 for ana')
  expect(await poll('eve')).toBe('drawing 2 for eve')
})
