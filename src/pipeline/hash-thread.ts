// What hashBeside starts.
import { parentPort, workerData } from 'node:worker_threads'
import { hashSource } from './source.ts'

const { path }: { path: string } = workerData
parentPort?.postMessage(await hashSource(path))
