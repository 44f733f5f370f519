// Preloaded into a process: its time of day is off by the milliseconds that a file holds, which is
// read at every look. Clocks that count are as they were, as when somebody sets the time.
import { readFileSync } from 'node:fs'

const file = process.env['TALLYMAN_TEST_CLOCK'] ?? ''
const RealDate = Date
const now = () => RealDate.now() + Number(readFileSync(file, 'utf8'))

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, called) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, called),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})
