/** A field of any form: its name, its hint, and the field that was refused, with the reason. */
export type NotedField = {
  form: { fault?: { field?: string | undefined; sentence: string } | undefined }
  name: string
  hint?: string | undefined
}

/** Why a field was refused, and its hint. */
export function FieldNotes({ form: { fault }, name, hint }: NotedField) {
  return (
    <>
      {fault?.field === name && (
        <p class="field-error" id={`error-${name}`}>
          {fault.sentence}
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
 * Attributes of an input: id, name, and references to its notes. A refused field gets the focus.
 */
export function inputAttributes({ form: { fault }, name, hint }: NotedField) {
  const isFaulty = fault?.field === name
  const notes = [isFaulty && `error-${name}`, hint !== undefined && `hint-${name}`]
  return {
    id: `field-${name}`,
    name,
    'aria-invalid': isFaulty ? 'true' : undefined,
    'aria-describedby': notes.filter(Boolean).join(' ') || undefined,
    autofocus: isFaulty,
  } as const
}
