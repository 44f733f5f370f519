/** A text that was typed, and the mark of what the page showed in its place. */
export type TypedText = { text: string; shown: string | undefined }

/** What was typed for one record: its whole text, or values by column. */
export type TypedRecord = {
  line: TypedText | undefined
  values: Map<number, TypedText>
  /** Whose correction counts, and the mark of the other one; undefined where that is not decided. */
  keep: 'mine' | 'theirs' | undefined
  theirs: string | undefined
}

const VALUE = /^v\.(\d{1,15})\.(\d{1,6})$/
const LINE = /^line\.(\d{1,15})$/

/** The inputs of a repair form, by record. */
export function typedRecordsOf(form: Record<string, unknown>): Map<number, TypedRecord> {
  const typed = new Map<number, TypedRecord>()
  const textAt = (name: string) => {
    const given = form[name]
    return typeof given === 'string' ? given : undefined
  }
  const of = (text: string | undefined) => {
    const record = Number(text)
    const keep = textAt(`keep.${record}`)
    const known = typed.get(record) ?? {
      line: undefined,
      values: new Map<number, TypedText>(),
      keep: keep === 'mine' || keep === 'theirs' ? keep : undefined,
      theirs: textAt(`theirs.${record}`),
    }
    typed.set(record, known)
    return known
  }
  for (const [name, text] of Object.entries(form)) {
    if (typeof text !== 'string') continue
    const given = { text, shown: textAt(`shown.${name}`) }
    const value = VALUE.exec(name)
    if (value !== null) of(value[1]).values.set(Number(value[2]), given)
    const line = LINE.exec(name)
    if (line !== null) of(line[1]).line = given
  }
  return typed
}
