/**
 * Whether an operator has a right. There is no sign-in yet, so everybody who reaches the console
 * has all rights. A sign-in needs to replace only this function.
 */
export function mayDo(): boolean {
  return true
}
