/**
 * The code that runs in the sandbox before any expression. It takes away what would make results
 * depend on anything but the record: chance, the clock, and memory between records. Then it defines
 * `run`, which takes a batch as JSON (each record an array of texts, by the names given) and returns
 * one as JSON: of each record a text for each expression, or an array with the message of an error.
 */
export function sandboxCode(names: string[], sources: string[]): string {
  return `'use strict';
(() => {
  const { parse, stringify } = JSON
  const { create } = Object
  const text = String
  const names = ${literal(names)}
  // A function of its own keeps a source within its body, whatever brackets it has.
  const functions = ${literal(sources)}.map(
    (source) => new Function('record', "'use strict'; return (" + source + '\\n)'))
  delete Math.random
  const Given = Date
  const fixed = function (...parts) {
    if (new.target === undefined || parts.length === 0) throw new Error('there is no clock here')
    return new Given(...parts)
  }
  fixed.UTC = Given.UTC
  fixed.parse = Given.parse
  fixed.prototype = Given.prototype
  Given.prototype.constructor = fixed
  delete Given.now
  globalThis.Date = fixed
  const frozen = new Set()
  const freeze = (value) => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return
    if (frozen.has(value)) return
    frozen.add(value)
    for (const key of Reflect.ownKeys(value)) {
      const { value: inner, get, set } = Reflect.getOwnPropertyDescriptor(value, key)
      for (const one of [inner, get, set]) freeze(one)
    }
    freeze(Reflect.getPrototypeOf(value))
    Object.freeze(value)
  }
  const resultOf = (value) => {
    if (value === null || value === undefined) return ''
    if (typeof value === 'string') return value
    if (typeof value === 'boolean' || typeof value === 'bigint') return text(value)
    if (typeof value === 'number' && value - value === 0) return text(value)
    throw new TypeError('the result is no text, number or boolean')
  }
  const nothing = 'an error without a message'
  const messageOf = (error) => {
    try {
      // The engine throws null where not even an error has room.
      if (error === null || error === undefined) return nothing
      if (typeof error !== 'object') return text(error).slice(0, 200) || nothing
      const { name, message } = error
      if (message === undefined) return nothing
      return (name === undefined ? '' : text(name).slice(0, 40) + ': ') + text(message).slice(0, 200)
    } catch {
      return nothing
    }
  }
  const calculate = (values) => functions.map((one) => {
    try {
      const record = create(null)
      for (let at = 0; at < names.length; at++) record[names[at]] = values[at]
      return resultOf(one(record))
    } catch (error) {
      return [messageOf(error)]
    }
  })
  globalThis.run = (batch) => stringify(parse(batch).map(calculate))
  freeze(globalThis)
})()`
}

/** As a JavaScript literal; `__proto__` as a name of a column is a name. */
function literal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16)}`,
  )
}
