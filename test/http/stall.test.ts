import { expect, test } from 'vitest'
import { tellProgress } from '../../src/engine/lifecycle/progress.ts'
import { aJob, after } from '../support/jobs/a-job.ts'
import { anApp } from '../support/pages/app.ts'
import { pageOf, textsOf } from '../support/pages/html.ts'

const SIGN = { claim: 'mine', quietMs: 0, hasProgressed: false, stall: null }

/** The console's clock stands at five minutes after noon. */
async function aJobThatProgressed(seconds: number) {
  const app = await anApp()
  await aJob(app.db, { status: 'running', claim: 'mine' })
  await tellProgress(app.db, { ...SIGN, now: after(seconds), hasProgressed: true })
  const told = async (url: string, language = 'en') =>
    textsOf(await pageOf(await app.get(url, { 'accept-language': language })), '.stall')
  return { app, told }
}

test('a job that stands still for a minute says so on its page and in the list', async () => {
  const { told } = await aJobThatProgressed(220)
  expect(await told('/jobs/1')).toEqual(['no progress for 1 min 20 s'])
  expect(await told('/jobs')).toEqual(['no progress for 1 min 20 s'])
  expect(await told('/jobs/1', 'es')).toEqual(['sin avances desde hace 1 min 20 s'])
})

test('a job that is alive without progress does not hide it', async () => {
  const { app, told } = await aJobThatProgressed(180)
  await tellProgress(app.db, { ...SIGN, now: after(299) })
  expect(await told('/jobs/1')).toEqual(['no progress for 2 min'])
})

test('a job that gets on says nothing of it', async () => {
  const { told } = await aJobThatProgressed(241)
  expect([await told('/jobs/1'), await told('/jobs')]).toEqual([[], []])
})

test('a page is told by its next poll that the job stands still, and is else answered 304', async () => {
  const { app } = await aJobThatProgressed(220)
  const url = '/jobs/1/live?tab=general'
  const tag = (await app.get(url)).headers.get('hx-ptag') ?? ''
  await tellProgress(app.db, { ...SIGN, now: after(222) })
  expect((await app.get(url, { 'hx-ptag': tag })).status).toBe(304)
  await tellProgress(app.db, { ...SIGN, now: after(290) })
  const answer = await app.get(url, { 'hx-ptag': tag })
  expect(await answer.text()).toContain('no progress for 1 min 20 s')
})
