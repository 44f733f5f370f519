// A worker process of its own whose heart beats so often that a test sees it.
import { openStore } from '../../src/db/open.ts'
import { work } from '../../src/worker/worker.ts'

const [url = ''] = process.argv.slice(2)
const stopSignal = new AbortController().signal
await work(await openStore(url), { worker: 'slow', stopSignal, beatMs: 20 })
