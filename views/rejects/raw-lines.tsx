import { RawText } from './raw-text.tsx'

/**
 * A record as evidence: each of its own lines breaks anywhere, with a mark at the edge that is none
 * of its characters, so that no hyphen or blank at an edge looks like one of its ends.
 */
export function RawLines({ children }: { children: string }) {
  return (
    <code class="raw-lines">
      {children.split(/(?<=\n)/).map((line) => (
        <span class="raw-line">
          <RawText>{line}</RawText>
        </span>
      ))}
    </code>
  )
}
