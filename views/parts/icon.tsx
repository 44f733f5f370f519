import type { Ui } from '../ground/ui.ts'

/** An icon of the sprite, hidden from screen readers because its label is always beside it. */
export function Icon({ ui, name }: { ui: Ui; name: string }) {
  return (
    <svg class={`icon icon-${name}`} aria-hidden="true" width="16" height="16">
      <use href={`${ui.asset('icons.svg')}#${name}`} />
    </svg>
  )
}
