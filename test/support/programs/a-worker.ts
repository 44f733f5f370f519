// A worker process of its own whose heart beats so often that a test sees it.
import { openStore } from '../../../src/db/open.ts'
import { LINE_LOG } from '../../../src/cli/output/line-log.ts'
import { work } from '../../../src/worker/worker.ts'

const [url = ''] = process.argv.slice(2)
const stopSignal = new AbortController().signal
await work(await openStore(url), { worker: 'slow', log: LINE_LOG, stopSignal, beatMs: 20 })
