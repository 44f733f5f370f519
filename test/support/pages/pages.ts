import type { Page } from 'playwright-core'

/**
 * One page of each kind that is reached by links from the list, the list first. What a filter or an
 * order is put upon leads to no other kinds.
 */
export async function everyKindOfPage(page: Page): Promise<string[]> {
  const found = new Map([['/jobs', '/jobs']])
  for (const path of found.values()) {
    if (path.includes('?')) continue
    await page.goto(path)
    for (const link of await linksOf(page)) {
      const kind = kindOf(link)
      if (!found.has(kind) && (await isPage(page, link))) found.set(kind, link)
    }
  }
  return [...found.values()]
}

async function linksOf(page: Page): Promise<string[]> {
  return await page.evaluate<string[]>(
    `[...document.querySelectorAll('a[href]:not([download])')]
       .filter(({ origin, hash }) => origin === location.origin && hash === '')
       .map(({ pathname, search }) => pathname + search)`,
  )
}

/** `/jobs/7/journal?level=error` is of the kind `/jobs/N/journal?level`. */
function kindOf(link: string): string {
  const [path = '', query = ''] = link.split('?')
  const names = [...new URLSearchParams(query).keys()].sort().join('&')
  return `${path.replace(/\d+/g, 'N')}?${names}`.replace(/\?$/, '')
}

async function isPage(page: Page, link: string): Promise<boolean> {
  const answer = await page.request.get(link)
  return answer.ok() && (answer.headers()['content-type'] ?? '').startsWith('text/html')
}
