import { QUESTION_DIALOG } from '../ground/htmx.ts'

/** Where a question is asked above the page; the script opens it when it has content. */
export function QuestionDialog() {
  return <dialog id={QUESTION_DIALOG} aria-labelledby="question-title" />
}
