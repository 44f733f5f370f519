import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { SourceProfile } from './source-profile.ts'

/** How the source is read, what was passed over, and what was found out rather than asked for. */
export function tellSource(
  { reader, header, notes }: Pick<SourceProfile, 'reader' | 'header' | 'notes'>,
  { path, skip }: Pick<ImportSpecification, 'path' | 'skip'>,
): Message[] {
  const passed: Message[] = skip ? [{ code: 'TLY-1130', params: { count: skip } }] : []
  const isEmpty: Message[] = header.length === 0 ? [{ code: 'TLY-1133', params: { path } }] : []
  return [...reader.tell(), ...passed, ...notes, ...isEmpty]
}
