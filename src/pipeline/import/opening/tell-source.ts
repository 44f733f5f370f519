import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { SourceProfile } from './source-profile.ts'

type ToldFile = Pick<SourceProfile, 'path' | 'reader' | 'header' | 'notes'>

/**
 * The dialect, skipped lines, and what was detected rather than specified, as journal messages: of
 * each file, where there are several.
 */
export function tellSource(
  { others, ...first }: ToldFile & Pick<SourceProfile, 'others'>,
  { skip }: Pick<ImportSpecification, 'skip'>,
): Message[] {
  const files: ToldFile[] = [first, ...others]
  return files.flatMap(({ path, reader, header, notes }, at): Message[] => [
    ...(others.length === 0 ? [] : [fileMessage(path, at, files.length)]),
    ...reader.tell(),
    ...(skip ? [{ code: 'TLY-1130', params: { count: skip } } as const] : []),
    ...notes,
    ...(header.length === 0 ? [{ code: 'TLY-1133', params: { path } } as const] : []),
  ])
}

function fileMessage(path: string, at: number, count: number): Message {
  return { code: 'TLY-1145', params: { number: at + 1, count, path } }
}
