import type { Ui } from '../ground/ui.ts'

/** A drawing of the sprite. It says nothing by itself: its label always stands beside it. */
export function Icon({ ui, name }: { ui: Ui; name: string }) {
  return (
    <svg class={`icon icon-${name}`} aria-hidden="true" width="16" height="16">
      <use href={`${ui.asset('icons.svg')}#${name}`} />
    </svg>
  )
}
