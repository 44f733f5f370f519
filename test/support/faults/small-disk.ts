import { execFileSync } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { tmpDir } from '../tmp.ts'

/** A file system of its own takes the rights of root; without them those cases can't be made. */
export const canMount = (() => {
  try {
    const folder = execFileSync('mktemp', ['-d']).toString().trim()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    return true
  } catch {
    console.warn('NOT TRIED: disks that are full or read-only; only root can mount one.')
    return false
  }
})()

/** A disk of so many KiB, gone after the test. */
export function aDisk(kib: number) {
  const folder = tmpDir()
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', folder])
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return {
    folder,
    resize: (kibNow: number) =>
      void execFileSync('mount', ['-o', `remount,size=${kibNow}k`, folder]),
    makeReadOnly: () => void execFileSync('mount', ['-o', 'remount,ro', folder]),
  }
}
