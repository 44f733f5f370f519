/** What is to be done when the tests of a file are over: its modules stay for the next file. */
const waiting: (() => Promise<unknown>)[] = []

export function afterFile(work: () => Promise<unknown>): void {
  waiting.push(work)
}

/** The last first. */
export async function endFile(): Promise<void> {
  for (const work of waiting.splice(0).toReversed()) await work()
}
