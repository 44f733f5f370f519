import { EditTextsPage } from '../../../views/job/edit-texts.tsx'
import { pathOfPlace } from '../../../views/tabs/tabs.tsx'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { checkTexts } from '../../domain/jobs/job-texts.ts'
import { editJob } from '../../engine/jobs/edit-job.ts'
import { problemOnPage } from '../../i18n/catalogue.ts'
import type { AppDeps } from '../ground/env.ts'
import { formOf } from '../ground/form-of.ts'
import type { Handler } from '../ground/route.ts'
import { changesLanguage } from '../ground/ui-of.ts'
import { idOf, jobOf, tabPlaceOf } from '../ground/params.ts'

/** The form for label and description of a job, whatever its status. */
export function showTexts({ store }: Pick<AppDeps, 'store'>): Handler {
  return async (c) => {
    const { id, label, description } = await jobOf(store.db, c)
    const texts = { label, description }
    return c.html(<EditTextsPage ui={c.get('ui')} id={id} place={tabPlaceOf(c)} texts={texts} />)
  }
}

export function saveTexts({ store, now }: Pick<AppDeps, 'store' | 'now'>): Handler {
  return async (c) => {
    const form = await formOf(c)
    const texts = { label: lineOf(form['label']), description: textOf(form['description']) }
    const isSwitched = changesLanguage(c, form)
    const ui = c.get('ui')
    const page = { ui, id: idOf(c), place: tabPlaceOf(c), texts }
    try {
      if (!isSwitched) await editJob(store.db, page.id, texts, { actor: ui.operator, now: now() })
      else if (form['refused'] === 'yes') checkTexts(texts)
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error
      const field = error.at?.[0] === 'description' ? 'description' : 'label'
      const fault = { field, sentence: problemOnPage(ui.language, error.problem) } as const
      return c.html(<EditTextsPage {...page} fault={fault} />, 422)
    }
    if (isSwitched) return c.html(<EditTextsPage {...page} />)
    return c.redirect(pathOfPlace(ui, page.id, page.place), 303)
  }
}

/** Browsers send the ends of lines as those of Windows, whatever was there before. */
function textOf(given: unknown): string {
  return typeof given === 'string' ? given.replace(/\r\n?/g, '\n') : ''
}

function lineOf(given: unknown): string {
  return textOf(given).replaceAll('\n', ' ')
}
