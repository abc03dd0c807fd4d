/** Median and 95th percentile of some numbers. */
export function spread(values: readonly number[]): { median: number; p95: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { median: at(0.5), p95: at(0.95) };
}

/** How long one call takes, ms. */
export function timed<T>(work: () => T): { ms: number; result: T } {
  const begun = performance.now();
  const result = work();
  return { ms: performance.now() - begun, result };
}

/**
 * Medians of several works measured in turns, so that what disturbs the machine disturbs all of them alike.
 * @param works name -> one call
 * @returns name -> ms per call
 */
export function race(works: Record<string, () => unknown>, rounds = 15, roundMs = 30): Record<string, number> {
  const times: Record<string, number[]> = {};
  const calls: Record<string, number> = {};
  for (const [name, work] of Object.entries(works)) {
    const { ms } = timed(() => {
      for (let i = 0; i < 3; i++) work();
    });
    calls[name] = Math.max(1, Math.round(roundMs / Math.max(ms / 3, 1e-4)));
    times[name] = [];
  }
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      const n = calls[name]!;
      const { ms } = timed(() => {
        for (let i = 0; i < n; i++) work();
      });
      if (round > 0) times[name]!.push(ms / n);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, spread(all).median]));
}
