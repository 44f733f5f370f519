export type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>

const BAR_WIDTH = 20
const REDRAW_MS = 100

/** A line that is redrawn in place, at most every tenth of a second; nothing without a terminal. */
export function statusLine(terminal: Terminal, now: () => number) {
  let drawn = -Infinity
  return {
    /** @param line gives the text, where it is time to draw */
    draw(line: (drawnAt: number) => string): void {
      if (!terminal.isTTY || now() - drawn < REDRAW_MS) return
      drawn = now()
      const text = [...line(drawn)].slice(0, (terminal.columns || 80) - 1).join('')
      terminal.write(`\r${text}\x1b[K`)
    },
    clear(): void {
      if (terminal.isTTY) terminal.write('\r\x1b[K')
    },
  }
}

export function bar(share: number): string {
  const full = Math.round(share * BAR_WIDTH)
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}]`
}
