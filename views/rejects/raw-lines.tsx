import { RawText } from './raw-text.tsx'

/**
 * A raw record for print: lines wrap anywhere, with a mark in the margin, so that no hyphen or
 * blank at an edge looks like part of the record.
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
