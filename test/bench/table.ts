/** One figure beside its floor or peer, measured in the same run. */
export interface Row {
  what: string;
  value: number;
  unit: 'ms' | 'MB' | 'events';
  /** What `floor` was measured on, undefined where the target is absolute. */
  beside?: string;
  floor?: number;
  /** At most this many times the floor, or at most this value. */
  target: { ratio: number } | { most: number };
}

export function met(row: Row): boolean {
  // A tenth is what two runs of the very same thing differ by.
  if ('ratio' in row.target) return row.value <= row.floor! * row.target.ratio * (row.target.ratio === 1 ? 1.1 : 1);
  return row.value <= row.target.most;
}

/** The rows as a Markdown table, which is also readable on a terminal. */
export function toTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    amount(row.value, row.unit),
    row.floor === undefined ? '' : `${amount(row.floor, row.unit)} (${row.beside})`,
    row.floor === undefined ? '' : (row.value / row.floor).toFixed(2),
    'ratio' in row.target ? `<= ${row.target.ratio}x` : `< ${amount(row.target.most, row.unit)}`,
    met(row) ? 'ok' : 'MISS',
  ]);
  const table = [['What', 'Leftfold', 'Beside', 'Ratio', 'Target', ''], ...cells];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length), 3));
  const lines = table.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return lines.join('\n');
}

function amount(value: number, unit: Row['unit']): string {
  if (unit === 'MB') return `${value.toFixed(0)} MB`;
  if (unit === 'events') return value.toLocaleString('en');
  if (value >= 100) return `${value.toFixed(0)} ms`;
  return value >= 0.1 ? `${value.toFixed(2)} ms` : `${(value * 1000).toFixed(2)} µs`;
}
