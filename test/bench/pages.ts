import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DIRECTIONS, JOB_SORTS, LIST_TABS } from '../../src/domain/jobs/job-list.ts'
import { JOB_STATUSES, JOB_TYPES } from '../../src/domain/states/status.ts'
import { appOn, type App } from './app.ts'
import { BIG, buildDatabase, FEW, LAST_DAY, LONG, MANY, SMALL, WORDS } from './big-database.ts'
import { median } from './measure.ts'

const RUNS = 21

/** The same page of the small and of the big database. */
type Page = { name: string; small: string; big: string }

/** Of the last day: what was done on it is what was done today. */
const LAST_SECOND = new Date(LAST_DAY.getTime() + 86_399_000)

const DAY = LAST_DAY.toISOString().slice(0, 10)
const TEXTS = [...Object.values(WORDS), 'nowhere', 'us', '500', 'customers 00']

const GROUPS: Record<string, Page[]> = {
  'start page and tabs': [
    page('/'),
    ...LIST_TABS.map((tab) => list({ tab })),
    ...JOB_SORTS.map((sort) => list({ tab: 'with_rejects', sort })),
    ...LIST_TABS.map((tab) => list({ tab, text: WORDS.common })),
  ],
  'orders and filters': [
    ...JOB_SORTS.flatMap((sort) => DIRECTIONS.map((direction) => list({ sort, direction }))),
    ...JOB_STATUSES.map((status) => list({ status })),
    ...JOB_TYPES.map((type) => list({ type })),
    ...JOB_SORTS.map((sort) => list({ status: 'failed', type: 'import', sort })),
    ...JOB_SORTS.map((sort) => list({ from: DAY, to: DAY, sort })),
  ],
  'search, and search in some days': TEXTS.flatMap((text) => [
    list({ text }),
    list({ text, from: DAY, to: DAY }),
  ]),
  'tabs of one job': [
    ...['', '/rejects', '/rejects?field=age', '/journal', '/report'].map((tab) =>
      about('millions of rejects', tab, MANY),
    ),
    ...['', '/journal', '/journal?level=error', '/report'].map((tab) =>
      about('millions of journal entries', tab, LONG),
    ),
  ],
  'search in another order, and narrowed besides': TEXTS.flatMap((text) => [
    list({ text, sort: 'label', direction: 'asc' }),
    list({ text, sort: 'label', direction: 'desc' }),
    list({ text, sort: 'ended_at' }),
    list({ text, sort: 'processed', type: 'export' }),
    list({ text, sort: 'ended_at', status: 'failed' }),
  ]),
}

/** How long pages take to open with a million jobs, against a thousand, side by side. */
export async function measurePages(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-bench-'))
  const small = await buildDatabase(path.join(folder, 'small.db'), SMALL)
  const big = await buildDatabase(path.join(folder, 'big.db'), BIG)
  try {
    const [few, many] = [
      await appOn(small, folder, LAST_SECOND),
      await appOn(big, folder, LAST_SECOND),
    ]
    const lines = ['pages: a thousand and a million jobs']
    for (const [title, pages] of Object.entries(GROUPS)) {
      lines.push(`  ${title}`, ...(await compared(few, many, pages)))
    }
    return lines.join('\n')
  } finally {
    await Promise.all([small.close(), big.close()])
    rmSync(folder, { recursive: true })
  }
}

async function compared(few: App, many: App, pages: Page[]): Promise<string[]> {
  const lines: string[] = []
  let worst = 0
  for (const page of pages) {
    const [one, other] = await sideBySide(few, many, page)
    const figures = [one, other].map(({ ms }) => ms.toFixed(1).padStart(6)).join(' ')
    const rows = one.rows === other.rows ? '' : `  (${one.rows} and ${other.rows} rows)`
    // A page that shows less is no measure for one that is full.
    if (rows === '') worst = Math.max(worst, other.ms / one.ms)
    const ratio = (other.ms / one.ms).toFixed(2)
    lines.push(`    ${page.name.padEnd(60)} ${figures} ms  × ${ratio}${rows}`)
  }
  return [...lines, `    worst of those that show as much: × ${worst.toFixed(2)}`]
}

function list(query: Record<string, string>): Page {
  return page(`/jobs?${new URLSearchParams(query)}`)
}

function page(url: string): Page {
  return { name: url, small: url, big: url }
}

function about(name: string, tab: string, job: number): Page {
  return { name: `${name}: ${tab || '/'}`, small: `/jobs/${FEW}${tab}`, big: `/jobs/${job}${tab}` }
}

async function sideBySide(few: App, many: App, { small, big }: Page) {
  const [ones, others]: [Opened[], Opened[]] = [[], []]
  for (let run = 0; run < RUNS; run++) {
    ones.push(await open(few, small))
    others.push(await open(many, big))
  }
  return [typical(ones), typical(others)] as const
}

/** Of a page: how long it took, and how many rows its tables have. */
type Opened = { ms: number; rows: number }

function typical(opened: Opened[]): Opened {
  return { ms: median(opened.map(({ ms }) => ms)), rows: opened[0]?.rows ?? 0 }
}

async function open(app: App, url: string): Promise<Opened> {
  const began = performance.now()
  const answer = await app.request(url)
  const text = await answer.text()
  const ms = performance.now() - began
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
  return { ms, rows: text.split('<tr').length - 1 }
}

if (import.meta.main) console.log(await measurePages())
