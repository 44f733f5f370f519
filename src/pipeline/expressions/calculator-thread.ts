// Entry point of the thread that Calculator starts.
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSSyncVariant,
} from 'quickjs-emscripten-core'
import type { Answer, Setup } from './calculator.ts'
import { sandboxCode } from './sandbox.ts'

const MEMORY_BYTES = 64 * 1024 * 1024
const STACK_BYTES = 512 * 1024
/** Of 64 KiB each: 16 MiB, which the engine needs, to 128 MiB. */
const [FIRST_PAGES, MOST_PAGES] = [256, 2048]

const { names, sources }: Setup = workerData
/** Of Node.js, whose types do not have it. */
declare const WebAssembly: {
  Memory: new (pages: { initial: number; maximum: number }) => object
}

// Its types describe what CommonJS gets.
const require = createRequire(import.meta.url)
const {
  default: variant,
}: { default: QuickJSSyncVariant } = require('@jitl/quickjs-wasmfile-release-sync')
// QuickJS counts large blocks as small ones in its own limit; this one holds for all of them.
const wasmMemory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES })
const quickJs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory }))
const runtime = quickJs.newRuntime()
runtime.setMemoryLimit(MEMORY_BYTES)
runtime.setMaxStackSize(STACK_BYTES)
const context = runtime.newContext()

send(begin())
parentPort?.on('message', (batch: string) => send(calculate(batch)))

function begin(): Answer {
  const begun = context.evalCode(sandboxCode(names, sources))
  if (begun.error !== undefined) return { detail: messageOf(begun.error) }
  begun.value.dispose()
  return { results: '' }
}

function calculate(batch: string): Answer {
  const run = context.getProp(context.global, 'run')
  const given = context.newString(batch)
  const result = context.callFunction(run, context.undefined, given)
  run.dispose()
  given.dispose()
  if (result.error !== undefined) return { detail: messageOf(result.error) }
  const results = context.getString(result.value)
  result.value.dispose()
  return { results }
}

type Thrown = Parameters<typeof context.getProp>[0]

/** Nothing of an error is told but its message: dumping it whole might run its code. */
function messageOf(error: Thrown): string {
  const message = context.getProp(error, 'message')
  const text = context.typeof(message) === 'string' ? context.getString(message) : '?'
  message.dispose()
  error.dispose()
  return text.slice(0, 200)
}

function send(answer: Answer): void {
  parentPort?.postMessage(answer)
}
