/** Every htmx attribute in use, because JSX does not check attribute names. */

/**
 * Polls: the element replaces itself every `seconds`. Rendered without these attributes, it stops.
 */
export function poll(url: string, { seconds, tag }: { seconds: number; tag: string }) {
  return {
    'hx-get': url,
    'hx-trigger': `every ${seconds}s`,
    'hx-swap': 'outerMorph',
    'hx-sync': 'this:drop',
    // An unchanged tag is answered with 304, which changes nothing.
    'hx-ptag': tag,
  } as const
}

/** The same by the address of a page, of which only `part` is taken. */
export function pollPart(url: string, part: string, { seconds }: { seconds: number }) {
  return {
    'hx-get': url,
    'hx-trigger': `every ${seconds}s`,
    'hx-select': part,
    'hx-swap': 'outerMorph',
    'hx-sync': 'this:drop',
  } as const
}

/**
 * Submits a form without leaving the page: only these parts of the response page are swapped in.
 */
export function submitInPlace(action: string, part: string, ...more: string[]) {
  return {
    'hx-post': action,
    'hx-target': part,
    'hx-select': part,
    'hx-swap': 'outerMorph',
    'hx-sync': `${part}:replace`,
    'hx-select-oob': more.map((other) => `${other}:outerMorph`).join(',') || undefined,
  } as const
}

/** Sends the form around when this field changes, and renews `part`. */
export function sendOnChange(action: string, part: string) {
  return {
    'hx-post': action,
    'hx-trigger': 'change',
    'hx-target': part,
    'hx-select': part,
    'hx-swap': 'outerMorph',
    'hx-sync': `${part}:replace`,
  } as const
}

/** Follows a link without reloading: swaps in `part` of the linked page and changes the address. */
export function loadInPlace(url: string, part: string) {
  return {
    'hx-get': url,
    'hx-target': part,
    'hx-select': part,
    'hx-swap': 'outerMorph',
    'hx-push-url': 'true',
  } as const
}

/** Loads `part` of a page into `target` when a <details> is first opened. */
export function loadOnOpen(url: string, target: string, part: string) {
  return {
    'hx-get': url,
    'hx-trigger': 'toggle once',
    'hx-target': target,
    'hx-select': part,
    'hx-swap': 'innerHTML',
  } as const
}

/** Like `loadInPlace`, but keeps the address, as for a form that replaces what it edits. */
export function swapInPlace(url: string, part: string) {
  return { 'hx-get': url, 'hx-target': part, 'hx-select': part, 'hx-swap': 'outerMorph' } as const
}

/** Id of the modal dialog for confirmations. */
export const QUESTION_DIALOG = 'question-dialog'
/** Id of the confirmation on its own page. */
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
export function askInDialog(url: string) {
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

/** The same where the question is the answer to a form that is sent. */
export function sendForQuestion(action: string) {
  return {
    'hx-post': action,
    'hx-target': `#${QUESTION_DIALOG}`,
    'hx-select': `#${QUESTION}`,
    'hx-swap': 'innerHTML',
  } as const
}

/**
 * If a swap removes the focused element within this one, the focus moves to the first of these ids
 * that exists, instead of the top of the page.
 */
export function handFocusTo(...ids: string[]) {
  return { 'data-focus-to': ids.join(' ') } as const
}
