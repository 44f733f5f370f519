import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { incomingOf, type AppEnv } from '../ground/env.ts'
import { RequestRefusal } from '../ground/request-refusal.ts'
import type { RequestLimits } from '../ground/route.ts'

/** Refuses a body that exceeds its route's size limit or takes too long to arrive. */
export function limitBody({ bytes, milliseconds }: RequestLimits) {
  const limitSize = bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new RequestRefusal(413, { problem: 'form_too_large', kilobytes: bytes / 1024 })
    },
  })
  return createMiddleware<AppEnv>(async (c, next) => {
    const deadline = new Deadline(c, milliseconds)
    try {
      return await Promise.race([limitSize(c, next), deadline.missed])
    } finally {
      deadline.clear()
    }
  })
}

/** Applies only to the body's arrival: processing it may take any time. */
class Deadline {
  readonly missed: Promise<never>
  #timer: NodeJS.Timeout | undefined

  constructor(c: Context<AppEnv>, milliseconds: number) {
    const incoming = incomingOf(c)
    this.missed = new Promise((_, reject) => {
      this.#timer = setTimeout(() => {
        if (incoming === undefined || incoming.complete) return
        reject(new RequestRefusal(408, { problem: 'form_too_slow', seconds: milliseconds / 1000 }))
      }, milliseconds)
    })
  }

  clear(): void {
    clearTimeout(this.#timer)
  }
}
