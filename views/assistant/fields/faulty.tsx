import { fill } from '../../../src/i18n/console.ts'
import type { Ui } from '../../ground/ui.ts'

/** The names of the inputs whose answers were refused, the first one first. */
export type Faulty = ReadonlySet<string>

/** What was refused, and the input that it is about, where there is one. */
export type ToldFault = { sentence: string; input: string | undefined }

/** Attributes of an input: id, name, and the reference to its refusal. The first refused gets the focus. */
export function marked(faulty: Faulty | undefined, name: string, hint?: string) {
  const isFaulty = faulty?.has(name) === true
  const notes = [isFaulty ? `fault-${name}` : undefined, hint].filter(Boolean).join(' ')
  const [first] = faulty ?? []
  return {
    id: name,
    name,
    'aria-invalid': isFaulty ? 'true' : undefined,
    'aria-describedby': notes === '' ? undefined : notes,
    autofocus: isFaulty && first === name,
  } as const
}

/** Whether one of these inputs was refused, by the end of their names. */
export function isFaultyAt(faulty: Faulty | undefined, row: string, names = /./): boolean {
  return [...(faulty ?? [])].some((name) => {
    const [, before = '', place = ''] = /^(\w+?)-([^-]+)/.exec(name) ?? []
    return place === row && names.test(before)
  })
}

/** The sentences of a refusal, each a link to its input. */
export function ToldFaults({ ui, faults }: { ui: Ui; faults: readonly ToldFault[] }) {
  const known = new Set<string>()
  const told = faults.map(({ sentence, input }) => {
    const isFirst = input !== undefined && !known.has(input)
    if (input !== undefined) known.add(input)
    const id = isFirst ? `fault-${input}` : undefined
    return input === undefined ? (
      <span>{sentence}</span>
    ) : (
      <a id={id} href={`#${input}`}>
        {sentence}
      </a>
    )
  })
  if (told.length === 1) return <>{told}</>
  return (
    <>
      <p>{fill(ui.text.assistantFields.several, { n: String(told.length) })}</p>
      <ul class="told-faults">
        {told.map((one) => (
          <li>{one}</li>
        ))}
      </ul>
    </>
  )
}
