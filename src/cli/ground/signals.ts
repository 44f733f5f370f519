const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** npm forwards a Ctrl-C that the terminal has already sent; both arrive within this time. */
const DUPLICATE_SIGNAL_MS = 300
const STOP_TIMEOUT_MS = 9_000

/**
 * The first signal requests a stop; a second one, or a timeout, ends the process at once, which is
 * as safe as a power failure. A supervisor that ends, even killed, closes its channel to this
 * process, which also requests a stop. SIGHUP (a closed terminal) does so only if named, because a
 * server may be meant to survive it.
 */
export function stopOnSignals(onStop: () => void, ...more: 'SIGHUP'[]) {
  const stopping = new AbortController()
  let stoppedAt = 0
  const stop = () => {
    if (stopping.signal.aborted) return
    stoppedAt = performance.now()
    onStop()
    stopping.abort()
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref()
  }
  const signals = [...SIGNALS, ...more]
  const onSignal = (signal: (typeof signals)[number]) => {
    if (!stopping.signal.aborted) stop()
    else if (performance.now() - stoppedAt > DUPLICATE_SIGNAL_MS) {
      process.exit(signal === 'SIGINT' ? 130 : 143)
    }
  }
  for (const signal of signals) process.on(signal, onSignal)
  process.on('disconnect', stop)
  if (process.connected === false) stop()
  return {
    stopSignal: stopping.signal,
    removeListeners() {
      for (const signal of signals) process.off(signal, onSignal)
      process.off('disconnect', stop)
    },
  }
}
