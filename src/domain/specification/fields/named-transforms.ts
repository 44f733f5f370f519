import { transforms, type Transform } from './transforms.ts'

/** The changes of a text that a form offers by name. */
export const TRANSFORM_KEYS = ['trim', 'collapse', 'upper', 'lower', 'capitalise'] as const
export type TransformKey = (typeof TRANSFORM_KEYS)[number]

export function namedTransform(key: TransformKey): Transform[] {
  return transforms.parse([{ kind: key }])
}

/** The name of a transform; undefined for one with options of its own. */
export function transformKeyOf(transform: Transform): TransformKey | undefined {
  const text = JSON.stringify([transform])
  return TRANSFORM_KEYS.find((key) => JSON.stringify(namedTransform(key)) === text)
}
