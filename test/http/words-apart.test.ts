import { expect, test } from 'vitest'
import { anApp } from '../support/app.ts'
import { anImportedFile } from '../support/an-imported-file.ts'

/** What a text browser writes in one line, the end of one right before the beginning of another. */
const GLUED =
  /<\/(?:a|button|span|summary)>(?:<\/section><details[^>]*>)?<(?:a|button|span|summary)\b[^>]*>/g
const PARTS = [
  /<nav class="filter".*?<\/nav>/gs,
  /<div class="reject-exports">.*?<\/div>/gs,
  /<div class="reject-kinds">.*?<\/h2>/gs,
  /<table class="table reject-table">.*?<\/table>/gs,
  /<div class="job-status">.*?<\/div>/gs,
  /<div id="job-controls".*?<\/div>/gs,
  /<ul class="tree".*?<\/ul>/gs,
  /<section class="reasons".*?<summary>/gs,
  /<div class="form-buttons">.*?<\/div>/gs,
  /<footer class="page-foot".*?<\/footer>/gs,
]

test('no two names are read as one by who sees no columns', async () => {
  const app = await anApp()
  const id = await anImportedFile(app, 'id,name,age\n1,Ann,30\n2,Bo,many\n')
  const rejects = `/jobs/${id}/rejects?type=error&code=TLY-3001&field=age`
  const glued: string[] = []
  let parts = 0
  const pages = ['', '/journal', '/delete', '/edit', '/run-again', '/rejects/2']
  for (const path of [rejects, ...pages.map((page) => `/jobs/${id}${page}`)]) {
    const html = await (await app.get(path)).text()
    for (const [part] of PARTS.flatMap((one) => [...html.matchAll(one)])) {
      parts++
      glued.push(...(part.match(GLUED) ?? []))
    }
  }
  expect(parts).toBe(25)
  expect(glued).toEqual([])
})
