export function median(figures: number[]): number {
  return quantile(figures, 0.5) ?? 0
}

/** Of no figures it is not a number: nobody takes it for a good one. */
export function p99(figures: number[]): number {
  return quantile(figures, 0.99) ?? NaN
}

export function seconds(run: () => unknown): number {
  const start = performance.now()
  run()
  return (performance.now() - start) / 1000
}

function quantile(figures: number[], share: number): number | undefined {
  return figures.toSorted((a, b) => a - b).at(Math.floor(figures.length * share))
}
