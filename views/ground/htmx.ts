/** The sets of htmx attributes in use: JSX checks no attribute name, so that none is spelt elsewhere. */

/** Lets an element replace itself again and again. Rendered without it, the element stops asking. */
export function poll(url: string, { seconds, tag }: { seconds: number; tag: string }) {
  return {
    'hx-get': url,
    'hx-trigger': `every ${seconds}s`,
    'hx-swap': 'outerMorph',
    'hx-sync': 'this:drop',
    // The answer to an unchanged tag is 304, which touches nothing.
    'hx-ptag': tag,
  } as const
}

/** Sends a form in place: the answer is a whole page, of which only these parts are taken. */
export function sendInPlace(action: string, part: string, ...more: string[]) {
  return {
    'hx-post': action,
    'hx-target': part,
    'hx-select': part,
    'hx-swap': 'outerMorph',
    'hx-sync': `${part}:replace`,
    'hx-select-oob': more.map((other) => `${other}:outerMorph`).join(',') || undefined,
  } as const
}

/** Follows a link in place: `part` of the page behind it takes the place of this one's. */
export function loadInPlace(url: string, part: string) {
  return {
    'hx-get': url,
    'hx-target': part,
    'hx-select': part,
    'hx-swap': 'outerMorph',
    'hx-push-url': 'true',
  } as const
}

/** Fetches `part` of a page into `target` when a <details> is opened for the first time. */
export function loadWhenOpened(url: string, target: string, part: string) {
  return {
    'hx-get': url,
    'hx-trigger': 'toggle once',
    'hx-target': target,
    'hx-select': part,
    'hx-swap': 'innerHTML',
  } as const
}

/** The same where the page stays what it is, as for a form that takes the place of what it changes. */
export function swapInPlace(url: string, part: string) {
  return { 'hx-get': url, 'hx-target': part, 'hx-select': part, 'hx-swap': 'outerMorph' } as const
}

/** Where a question is asked above the page; the script opens it once there is one in it. */
export const QUESTION_DIALOG = 'question-dialog'
/** What of a page that asks is the question itself. */
export const QUESTION = 'question'

/**
 * What of a job's page a command renews: what lives, the reason of a refusal, and the journal, since
 * the new page says what it has shown of it.
 */
export const JOB_LIVE = '#job-live'
export const BESIDE_JOB_LIVE = ['#job-notice', '#job-tools', '#journal-section']

/**
 * Asks what the page behind a link asks, above this page. Without JavaScript the link leads there.
 * Where the question is refused, the answer is the job's page, which says why: no dialog is opened.
 */
export function askAbove(url: string) {
  const beside = BESIDE_JOB_LIVE.map((part) => `${part}:outerMorph`).join(',')
  const live = `target:"${JOB_LIVE}" select:"${JOB_LIVE}" swap:outerMorph`
  return {
    'hx-get': url,
    'hx-target': `#${QUESTION_DIALOG}`,
    'hx-select': `#${QUESTION}`,
    'hx-swap': 'innerHTML',
    'hx-status:409': `${live} selectOOB:"${beside}"`,
  } as const
}

/**
 * Where the focus goes when a swap takes away what has it in here: to the first of these ids that
 * is there then. An operator at the keyboard would else begin anew at the top of the page.
 */
export function handFocusTo(...ids: string[]) {
  return { 'data-focus-to': ids.join(' ') } as const
}
