type FieldFault = { field?: string | undefined; sentence: string }

/** A field of any form: its name, its hint, and the fields that were refused, with their reasons. */
export type NotedField = {
  form: { fault?: FieldFault | undefined; others?: readonly FieldFault[] | undefined }
  name: string
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
export function FieldNotes({ form, name, hint }: NotedField) {
  const refusal = refusalOf(form, name)
  return (
    <>
      {refusal !== undefined && (
        <p class="field-error" id={`error-${name}`}>
          {refusal.sentence}
        </p>
      )}
      {hint !== undefined && (
        <p class="field-hint" id={`hint-${name}`}>
          {hint}
        </p>
      )}
    </>
  )
}

/**
 * Attributes of an input: id, name, and references to its notes. The first refused field gets the focus.
 */
export function inputAttributes({ form, name, hint }: NotedField) {
  const isFaulty = refusalOf(form, name) !== undefined
  const notes = [isFaulty && `error-${name}`, hint !== undefined && `hint-${name}`]
  return {
    id: `field-${name}`,
    name,
    'aria-invalid': isFaulty ? 'true' : undefined,
    'aria-describedby': notes.filter(Boolean).join(' ') || undefined,
    autofocus: form.fault?.field === name,
  } as const
}
