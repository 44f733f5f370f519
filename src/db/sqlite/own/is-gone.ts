import { processOnThisMachine } from '../../own/process-name.ts'

/** Whether it was a process of this machine and runs no more; another may have its number since. */
export function isGone(name: string): boolean {
  const pid = processOnThisMachine(name)
  if (pid === undefined) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    // Of another user, it runs as well.
    return !(error instanceof Error && 'code' in error && error.code === 'EPERM')
  }
}
