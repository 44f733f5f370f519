import { importedBy } from './floors.ts'

type Source = { file: string; text: string }

/**
 * The circles in which files import one another, also types alone: each is a strongly connected
 * component of the graph of imports (Tarjan's algorithm), with its files by name.
 */
export function circlesAmong(sources: Source[]): string[][] {
  const imports = new Map(sources.map(({ file, text }) => [file, importedBy(file, text)]))
  const order = new Map<string, number>()
  const earliest = new Map<string, number>()
  const open: string[] = []
  const circles: string[][] = []

  const visit = (file: string): number => {
    const number = order.size
    order.set(file, number)
    earliest.set(file, number)
    open.push(file)
    for (const other of imports.get(file) ?? []) {
      if (!imports.has(other)) continue
      const reached = order.has(other)
        ? open.includes(other)
          ? order.get(other)
          : undefined
        : visit(other)
      earliest.set(file, Math.min(earliest.get(file) ?? number, reached ?? number))
    }
    const low = earliest.get(file) ?? number
    if (low === number) {
      const members = open.splice(open.indexOf(file))
      if (members.length > 1 || imports.get(file)?.includes(file)) circles.push(members.toSorted())
    }
    return low
  }

  for (const { file } of sources) if (!order.has(file)) visit(file)
  return circles
}
