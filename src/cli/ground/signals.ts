const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** npm passes a Ctrl-C on that the terminal has sent already: the two come together. */
const TOGETHER_MS = 300
const GIVE_UP_MS = 9_000

/**
 * The first signal asks for a stop, a second one ends the process at once, which is as safe as a
 * power cut. So does the patience of whoever waits for the first. A supervisor that is gone, even
 * killed, closes the channel it had to this process: that asks for a stop as well. A terminal that is
 * closed does only where it is named: a server may be meant to outlive it.
 */
export function stopOnSignals(onStop: () => void, ...more: 'SIGHUP'[]) {
  const stopping = new AbortController()
  let asked = 0
  const stop = () => {
    if (stopping.signal.aborted) return
    asked = performance.now()
    onStop()
    stopping.abort()
    setTimeout(() => process.exit(1), GIVE_UP_MS).unref()
  }
  const signals = [...SIGNALS, ...more]
  const hear = (signal: (typeof signals)[number]) => {
    if (!stopping.signal.aborted) stop()
    else if (performance.now() - asked > TOGETHER_MS) {
      process.exit(signal === 'SIGINT' ? 130 : 143)
    }
  }
  for (const signal of signals) process.on(signal, hear)
  process.on('disconnect', stop)
  if (process.connected === false) stop()
  return {
    stopSignal: stopping.signal,
    forget() {
      for (const signal of signals) process.off(signal, hear)
      process.off('disconnect', stop)
    },
  }
}
