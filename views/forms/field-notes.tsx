type FieldFault = { field?: string | undefined; sentence: string }

/** A field of any form: its name, its hint, and the fields that were refused, with their reasons. */
export type NotedField = {
  form: { fault?: FieldFault | undefined; others?: readonly FieldFault[] | undefined }
  name: string
  /** Ends the ids of the field and its notes, where its name is none. */
  id?: string | undefined
  hint?: string | undefined
}

/** Why a field was refused; undefined if it was not. */
export function refusalOf(
  { fault, others = [] }: NotedField['form'],
  name: string,
): FieldFault | undefined {
  return [fault, ...others].find((one) => one?.field === name)
}

/** Why a field was refused, and its hint. */
export function FieldNotes({ form, name, id = name, hint }: NotedField) {
  const refusal = refusalOf(form, name)
  return (
    <>
      {refusal !== undefined && (
        <p class="field-error" id={`error-${id}`}>
          {refusal.sentence}
        </p>
      )}
      {hint !== undefined && (
        <p class="field-hint" id={`hint-${id}`}>
          {hint}
        </p>
      )}
    </>
  )
}

/**
 * Attributes of an input: id, name, and references to its notes. The first refused field gets the focus.
 */
export function inputAttributes({ form, name, id = name, hint }: NotedField) {
  const isFaulty = refusalOf(form, name) !== undefined
  const notes = [isFaulty && `error-${id}`, hint !== undefined && `hint-${id}`]
  return {
    id: `field-${id}`,
    name,
    'aria-invalid': isFaulty ? 'true' : undefined,
    'aria-describedby': notes.filter(Boolean).join(' ') || undefined,
    autofocus: form.fault?.field === name,
  } as const
}
