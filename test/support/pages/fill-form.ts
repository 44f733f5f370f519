import { expect } from 'vitest'
import type { HtmlElement } from 'html-validate'
import type { TestApp } from './app.ts'
import { decoded, pageOf } from './html.ts'

type Filled = Record<string, string | null>

/** Sends the step of a page as a browser does: filled as it stands there, with these changes; null unticks. */
export async function sendStep(app: TestApp, url: string, changes: Filled): Promise<Response> {
  const page = await pageOf(await app.get(url))
  const form = page.querySelector('#step-form')
  const sent = { ...filledIn(form), ...changes }
  const parts = Object.entries(sent).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, value]],
  )
  return await app.post(form?.getAttributeValue('action') ?? '', parts)
}

type Steps = Partial<Record<'rows' | 'output' | 'start', Filled>>

/** Leads an export of a table through its steps. @returns its number */
export async function exportBySteps(app: TestApp, table: string, steps: Steps): Promise<number> {
  const made = await sendStep(app, '/jobs/new/export', { table })
  expect(made.status).toBe(303)
  const id = Number(/\/jobs\/(\d+)\//.exec(made.headers.get('location') ?? '')?.[1])
  for (const step of ['rows', 'output', 'start'] as const) {
    const changes = steps[step]
    if (changes === undefined) continue
    const answer = await sendStep(app, `/jobs/${id}/edit/${step}`, { act: 'next', ...changes })
    expect([step, answer.status]).toEqual([step, 303])
  }
  return id
}

/** What a browser sends of a form that nobody touches, by the names of its inputs. */
export function filledIn(form: HtmlElement | null): Record<string, string> {
  const inputs = form?.querySelectorAll('input') ?? []
  const shown = inputs.filter(
    (input) => input.getAttributeValue('type') !== 'checkbox' || input.hasAttribute('checked'),
  )
  const selects = form?.querySelectorAll('select') ?? []
  const areas = form?.querySelectorAll('textarea') ?? []
  return Object.fromEntries([
    ...shown.map((input) => [nameOf(input), valueOf(input).replace(/[\r\n]/g, '')] as const),
    ...selects.map((select) => {
      const chosen = select.querySelector('option[selected]') ?? select.querySelector('option')
      return [nameOf(select), valueOf(chosen)] as const
    }),
    ...areas.map((area) => [nameOf(area), linesOf(area)] as const),
  ])
}

/** The first end of a line is of the markup, and all are sent as CR LF. */
function linesOf(area: HtmlElement): string {
  const text = decoded(area.textContent).replace(/^(\r\n|\r|\n)/, '')
  return text.replace(/\r\n|\r|\n/g, '\r\n')
}

function nameOf(field: HtmlElement): string {
  return decoded(field.getAttributeValue('name') ?? '')
}

function valueOf(field: HtmlElement | null): string {
  return decoded(field?.getAttributeValue('value') ?? '')
}
