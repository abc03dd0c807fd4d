import type { Database } from 'better-sqlite3';
import { toIsoTime } from '../../model/time';
import { notJson } from '../payload-check';
import { quoted } from './layout';
import type { Table } from './introspect';
import { REPLACEMENT, streamText, type SqlValue } from './values';

/** What the first rows of a table show of each of its columns. */
export interface ColumnSample {
  /** Values that are not NULL. */
  values: number;
  integers: number;
  /** Integers, and text that is one. */
  wholes: number;
  texts: number;
  /** Text with bytes in it that are no UTF-8. */
  oddTexts: number;
  blobs: number;
  /** Text or bytes that are a JSON object or array. */
  json: number;
  times: number;
  /** Keys of the JSON objects. */
  keys: Set<string>;
  distinct: Set<string>;
}

export type TableSample = ReadonlyMap<string, ColumnSample>;

/** Longer values are cut: a first look needs no megabytes. */
const CUT = 65_536;

/** Looks at the first and the last rows of a table, 20 of each. */
export function sampleTable(db: Database, table: Table): TableSample {
  const columns = table.columns.map(({ name }) => {
    const value = quoted(name);
    return `CASE WHEN typeof(${value}) IN ('text', 'blob') THEN substr(${value}, 1, ${CUT}) ELSE ${value} END`;
  });
  const select = `SELECT ${columns.join(', ')} FROM main.${quoted(table.name)}`;
  const rows = db.prepare(`${select} LIMIT 20`).raw().all() as SqlValue[][];
  if (!table.withoutRowid && table.rowidAlias !== null) {
    rows.push(...(db.prepare(`${select} ORDER BY ${quoted(table.rowidAlias)} DESC LIMIT 20`).raw().all() as SqlValue[][]));
  }
  return new Map(table.columns.map(({ name }, i) => [name, sampleOf(rows.map((row) => row[i]))]));
}

function sampleOf(values: (SqlValue | undefined)[]): ColumnSample {
  const sample: ColumnSample = { values: 0, integers: 0, wholes: 0, texts: 0, oddTexts: 0, blobs: 0, json: 0, times: 0, keys: new Set(), distinct: new Set() };
  for (const value of values) {
    if (value === null || value === undefined) continue;
    sample.values++;
    sample.distinct.add(streamText(value));
    if (toIsoTime(value) !== null) sample.times++;
    if (typeof value === 'number') {
      if (!Number.isInteger(value)) continue;
      sample.integers++;
      sample.wholes++;
    } else if (typeof value === 'string') {
      sample.texts++;
      if (value.includes(REPLACEMENT)) sample.oddTexts++;
    }
    else sample.blobs++;
    const text = Buffer.isBuffer(value) ? value.toString('utf8') : value;
    if (typeof text !== 'string') continue;
    if (/^-?\d+$/.test(text)) sample.wholes++;
    if (/^\s*[{[]/.test(text)) addJson(sample, text);
  }
  return sample;
}

function addJson(sample: ColumnSample, text: string): void {
  if (text.length < CUT - 4 && notJson(text) !== undefined) return;
  sample.json++;
  if (text.length >= CUT - 4) return;
  const value = JSON.parse(text) as unknown;
  if (value !== null && !Array.isArray(value)) for (const key of Object.keys(value as object)) sample.keys.add(key);
}
