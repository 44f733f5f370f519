import { expect, test } from 'vitest'
import { ByteBuffer } from '../../../src/pipeline/source/byte-buffer.ts'

const BLOCK_BYTES = 2 * 1024 * 1024
const CHUNK = Buffer.alloc(64 * 1024, 'a')

function fill(held: ByteBuffer, bytes: number): void {
  while (held.length < bytes) held.append(CHUNK)
}

test('block after block lies in the same memory', () => {
  const held = new ByteBuffer(BLOCK_BYTES)
  fill(held, BLOCK_BYTES)
  const memory = held.bytes.buffer
  for (let block = 0; block < 5; block++) {
    held.drop(held.length - 100)
    fill(held, BLOCK_BYTES)
    expect(held.bytes.buffer).toBe(memory)
  }
})

test('the memory of a long record is released with it', () => {
  const held = new ByteBuffer(BLOCK_BYTES)
  fill(held, 10 * BLOCK_BYTES)
  held.drop(held.length - 100)
  expect(held.bytes.buffer.byteLength).toBeLessThan(2 * BLOCK_BYTES)
  expect(held.bytes.toString()).toBe('a'.repeat(100))
})

test('what comes in one piece takes no more memory than it has', () => {
  const buffer = new ByteBuffer()
  buffer.append(Buffer.alloc(10_000, 'a'))
  expect(buffer.bytes.buffer.byteLength).toBeLessThanOrEqual(64 * 1024)
  buffer.append(Buffer.alloc(10_000, 'b'))
  expect(buffer.bytes.toString()).toBe(`${'a'.repeat(10_000)}${'b'.repeat(10_000)}`)
})
