export function median(figures: number[]): number {
  return figures.toSorted((a, b) => a - b).at(Math.floor(figures.length / 2)) ?? 0
}

export function seconds(run: () => unknown): number {
  const start = performance.now()
  run()
  return (performance.now() - start) / 1000
}
