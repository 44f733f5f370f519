import type { Ui } from '../ui.ts'

/** A drawing of the sprite. It says nothing by itself: its label always stands beside it. */
export function Icon({ ui, name, kind }: { ui: Ui; name: string; kind?: string | undefined }) {
  return (
    <svg class={`icon icon-${kind ?? name}`} aria-hidden="true" width="16" height="16">
      <use href={`${ui.asset('icons.svg')}#${name}`} />
    </svg>
  )
}
