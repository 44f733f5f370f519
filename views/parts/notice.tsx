import type { Child } from 'hono/jsx'

/** An important notice; screen readers announce an error at once. */
export function Notice({ kind, children }: { kind: 'error' | 'neutral'; children: Child }) {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}
