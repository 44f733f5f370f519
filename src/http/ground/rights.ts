/**
 * Whether an operator has a right. Nobody signs in yet, so whoever reaches the console may do
 * everything. A sign-in takes the place of this function, and of nothing else.
 */
export function mayDo(): boolean {
  return true
}
