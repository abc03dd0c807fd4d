import type { EventRole } from '../../../model/store-info';
import { roleSql } from '../build-layout';
import { fromSql, orderSql, quoted, versionSql, whereSql, type Layout } from '../layout';
import { ofStream } from './count-events';

/** What read() needs of an event, in this order. */
export const EVENT_PARTS: readonly EventRole[] = ['version', 'position', 'type', 'id', 'time', 'data', 'metadata'];
/** What heads() needs. */
export const HEAD_PARTS: readonly EventRole[] = ['version', 'type', 'time'];
export const TIME_PARTS: readonly EventRole[] = ['time'];

/** One part of an event, or all stored columns with their storage classes. */
export type Selection = { parts: readonly EventRole[] } | { stored: readonly string[] } | { bytesOf: string };

function selectSql(layout: Layout, selection: Selection): string {
  if ('parts' in selection) return selection.parts.map((role) => roleSql(layout, role)).join(', ');
  if ('bytesOf' in selection) return `CAST(e.${quoted(selection.bytesOf)} AS BLOB)`;
  return selection.stored.map((name) => `e.${quoted(name)}, typeof(e.${quoted(name)})`).join(', ');
}

/** Events with versions `:from` to `:to`, inclusive. */
export function readByVersion(layout: Layout, selection: Selection): string {
  return `SELECT ${selectSql(layout, selection)} ${fromSql(layout)} ${whereSql(layout, ofStream(layout), `${versionSql(layout)} BETWEEN :from AND :to`)} ORDER BY ${versionSql(layout)}`;
}

/** The event in the row `?`. */
export function readByRowid(layout: Layout, selection: Selection): string {
  return `SELECT ${selectSql(layout, selection)} ${fromSql(layout)} WHERE ${layout.rowKey.by === 'rowid' ? layout.rowKey.sql : 'NULL'} = ?`;
}

/** `:count` events from the `:start`-th on; each page passes over all before it. For tables without rowids. */
export function readByOffset(layout: Layout, selection: Selection): string {
  return `SELECT ${selectSql(layout, selection)} ${fromSql(layout)} ${whereSql(layout, ofStream(layout))} ORDER BY ${orderSql(layout)} LIMIT :count OFFSET :start`;
}

/** The rows of a stream in order: columns row, version. */
export function listRows(layout: Layout): string {
  const row = layout.rowKey.by === 'rowid' ? layout.rowKey.sql : 'NULL';
  return `SELECT ${row}, ${roleSql(layout, 'version')} ${fromSql(layout)} ${whereSql(layout, ofStream(layout))} ORDER BY ${orderSql(layout)}`;
}
