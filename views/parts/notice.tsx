import type { Child } from 'hono/jsx'

/** An important notice; screen readers announce an error at once. */
export function Notice({ kind, children }: { kind: 'error' | 'neutral'; children: Child }) {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}

/** What somebody should know, whatever is on the page. */
export function Warning({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <p class="notice" role="status">
      {text}
    </p>
  )
}
