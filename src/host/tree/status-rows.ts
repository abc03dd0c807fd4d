import { l10n } from 'vscode';
import type { Problem } from '../../model/problem';
import type { KnownStore, SessionState } from '../platform/stores';
import type { StatusNode, StoreNode } from './nodes';

/** Problems that a mapping made by hand can answer. */
const MAPPABLE = /schema|mapping|unrecogni[sz]ed|columns|fields/;

/** The rows below a store that could not be opened: what happened, then what can be done, one row each. */
export function failedRows(parent: StoreNode, problem: Problem): StatusNode[] {
  const { store } = parent;
  const row = (id: string, label: string, icon: string, command: string, ...args: unknown[]): StatusNode => ({
    kind: 'status', parent, id, label, icon, command: { id: command, args },
  });
  const rows: StatusNode[] = [
    // A narrow row cuts the message off; choosing it shows the whole.
    { ...row('problem', problem.message, 'error', 'leftfold.showStoreProblems', { store, problem }), color: 'list.errorForeground', problem },
    row('retry', l10n.t('Retry'), 'refresh', 'leftfold.retryStore', { store }),
  ];
  if (MAPPABLE.test(problem.code)) rows.push(row('map', l10n.t('Map columns by hand…'), 'list-selection', 'leftfold.mapColumns', { store }));
  if (isText(store)) rows.push(row('text', l10n.t('Open as text'), 'go-to-file', 'leftfold.openAsText', { store }));
  rows.push(removeRow(store, row));
  return rows;
}

function removeRow(store: KnownStore, row: (id: string, label: string, icon: string, command: string, ...args: unknown[]) => StatusNode): StatusNode {
  return store.origin === 'config'
    ? row('config', l10n.t('Open leftfold.json'), 'json', 'leftfold.openConfig', { store })
    : row('remove', l10n.t('Close store'), 'close', 'leftfold.closeStore', { store });
}

/** The row while a store is being opened. */
export function openingRow(parent: StoreNode, state: Extract<SessionState, { phase: 'opening' }>): StatusNode {
  const percent = state.total > 0 ? `${Math.floor((100 * state.done) / state.total)} %` : undefined;
  return {
    kind: 'status', parent, id: 'opening', label: l10n.t('Opening…'), icon: 'loading~spin',
    ...(percent ? { description: percent } : {}),
  };
}

/** The row that says that parts of a store could not be read. */
export function unreadableRow(parent: StoreNode, count: number): StatusNode {
  return {
    kind: 'status', parent, id: 'unreadable', icon: 'warning', color: 'list.warningForeground',
    label: count === 1 ? l10n.t('1 problem in this store') : l10n.t('{0} problems in this store', count),
    command: { id: 'leftfold.showStoreProblems', args: [{ store: parent.store }] },
  };
}

/** The row that offers to read a changed store again. */
export function outdatedRow(parent: StoreNode): StatusNode {
  return {
    kind: 'status', parent, id: 'outdated', icon: 'sync', label: l10n.t('Changed on disk'), description: l10n.t('Read again'),
    command: { id: 'leftfold.refresh', args: [{ store: parent.store }] },
  };
}

/** The row in the place of no streams. */
export function emptyRow(parent: StatusNode['parent'], match: string | undefined): StatusNode {
  return match === undefined
    ? { kind: 'status', parent, id: 'empty', icon: 'info', label: l10n.t('No streams'), command: { id: 'leftfold.refresh', args: parent ? [{ store: parent.store }] : [] } }
    : { kind: 'status', parent, id: 'empty', icon: 'info', label: l10n.t('No stream contains "{0}"', match), description: l10n.t('Clear filter'), command: { id: 'leftfold.clearFilter', args: [] } };
}

/** A row for a leftfold.json that could not be understood. */
export function configProblemRow(problem: Problem, index: number): StatusNode {
  return {
    kind: 'status', parent: null, id: `config${index}`, label: problem.message, icon: 'warning', color: 'list.warningForeground', problem,
    command: { id: 'leftfold.openConfig', args: [{ file: problem.where.file, line: problem.where.line, column: problem.where.column }] },
  };
}

function isText(store: KnownStore): boolean {
  return /\.(nd)?jsonl?$|\.(json|txt|log|csv)$/i.test(store.path);
}
