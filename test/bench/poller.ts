import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type Polled = { status: number; ms: number; tag: string }

/**
 * A browser's connection that asks one address again and again, with as little as HTTP/1.1 takes:
 * hundreds of them must not need the processor that is to serve them.
 */
export class Poller {
  readonly #socket: Socket
  readonly #head: string
  #received = ''
  #answered: (() => void) | undefined

  private constructor(socket: Socket, { host, pathname, search }: URL) {
    this.#socket = socket
    this.#head = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: gzip\r\nHX-PTag: `
    socket.setEncoding('latin1')
    socket.on('data', (text) => {
      this.#received += String(text)
      if (isWhole(this.#received)) this.#answered?.()
    })
  }

  static async open(url: string): Promise<Poller> {
    const address = new URL(url)
    const socket = connect(Number(address.port), address.hostname)
    await once(socket, 'connect')
    return new Poller(socket, address)
  }

  async poll(tag: string): Promise<Polled> {
    this.#received = ''
    const began = performance.now()
    const answered = new Promise<void>((resolve) => (this.#answered = resolve))
    this.#socket.write(`${this.#head}${tag}\r\n\r\n`)
    await answered
    const ms = performance.now() - began
    const status = Number(this.#received.slice(9, 12))
    return { status, ms, tag: headerOf(this.#received, 'hx-ptag') ?? tag }
  }

  close(): void {
    this.#socket.destroy()
  }
}

function isWhole(text: string): boolean {
  const head = text.indexOf('\r\n\r\n')
  if (head === -1) return false
  if (text.startsWith('304', 9)) return true
  const length = headerOf(text, 'content-length')
  return length === undefined
    ? text.endsWith('\r\n0\r\n\r\n')
    : text.length >= head + 4 + Number(length)
}

function headerOf(text: string, name: string): string | undefined {
  return new RegExp(`^${name}: *(.*)\r$`, 'im').exec(
    text.slice(0, text.indexOf('\r\n\r\n') + 2),
  )?.[1]
}
