import type { RunPorts } from '../../../src/pipeline/ports.ts'

/** Of a run that nobody asks to stop but `commit`. */
export function portsWith(commit: RunPorts['commit']): RunPorts {
  return {
    commit,
    stopSignal: new AbortController().signal,
    progressed: () => undefined,
    announceLongStatement: () => undefined,
  }
}
