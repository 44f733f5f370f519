import type { Child } from 'hono/jsx'

/** What the reader must see before going on; an error is said at once by screen readers. */
export function Notice({ kind, children }: { kind: 'error' | 'neutral'; children: Child }) {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}
