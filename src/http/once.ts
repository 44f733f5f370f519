/** How long a form is known after its answer: longer than passes between two clicks on a slow line. */
const KNOWN_MS = 10_000

/** Does what a form asks for, and answers where that leads. */
type Act = () => Promise<string>

/**
 * Who clicks twice sends a form twice, and would have two jobs. Each page gives its forms a number
 * of their own, so that the second of two that are the same is led where the first one leads. What
 * was refused is not remembered: it may be asked for again.
 */
export function onceOnly() {
  const known = new Map<string, Promise<string>>()
  return async (form: Record<string, unknown>, path: string, act: Act): Promise<string> => {
    if (typeof form['once'] !== 'string') return await act()
    const key = JSON.stringify([path, form])
    const leading = known.get(key)
    if (leading !== undefined) return await leading

    const led = act()
    known.set(key, led)
    const forget = () => known.delete(key)
    led.then(() => setTimeout(forget, KNOWN_MS).unref(), forget)
    return await led
  }
}
