import { basename } from 'node:path';
import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, l10n } from 'vscode';
import type { StreamHead, StreamSummary } from '../../model/stream';
import { oneLine } from '../platform/keys';
import type { SessionState } from '../platform/stores';
import { timeAgo } from '../platform/time-ago';
import type { CategoryNode, Node, StatusNode, StoreNode, StreamNode } from './nodes';

/** How a row looks; cheap, for it is made for every row that is loaded. Tooltips of streams come with hovering. */
export function treeItem(node: Node, id: string, facts: { state: SessionState | undefined; expanded: boolean }): TreeItem {
  const item = build(node, facts);
  item.id = id;
  return item;
}

function build(node: Node, facts: { state: SessionState | undefined; expanded: boolean }): TreeItem {
  switch (node.kind) {
    case 'store':
      return storeItem(node, facts.state, facts.expanded);
    case 'category':
      return categoryItem(node, facts.expanded);
    case 'stream':
      return streamItem(node);
    case 'more': {
      const item = new TreeItem(l10n.t('Load more…'));
      item.iconPath = new ThemeIcon('ellipsis');
      item.contextValue = 'more';
      item.command = { command: 'leftfold.loadMore', title: l10n.t('Load more…'), arguments: [node] };
      return item;
    }
    case 'status':
      return statusItem(node);
  }
}

function storeItem({ store }: StoreNode, state: SessionState | undefined, expanded: boolean): TreeItem {
  const item = new TreeItem(oneLine(store.name), expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  const failed = state?.phase === 'failed';
  item.iconPath = failed ? new ThemeIcon('error', new ThemeColor('list.errorForeground')) : new ThemeIcon(isFile(store.path) ? 'list-flat' : 'database');
  item.contextValue = `store.${store.origin}`;
  const tooltip = new MarkdownString();
  tooltip.appendText(store.path);
  if (state?.phase === 'ready') {
    item.description = state.info.dialect;
    tooltip.appendMarkdown('\n\n').appendText(state.info.dialect).appendMarkdown('\n\n').appendText(state.info.why);
  } else if (failed) {
    item.description = l10n.t('cannot be opened');
    tooltip.appendMarkdown('\n\n').appendText(state.problem.message);
  }
  item.tooltip = tooltip;
  return item;
}

function categoryItem({ category, streams }: CategoryNode, expanded: boolean): TreeItem {
  const state = expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(category === null ? l10n.t('(no category)') : oneLine(category), state);
  item.iconPath = new ThemeIcon('layers');
  item.contextValue = category === null ? 'category.none' : 'category';
  if (streams !== undefined) item.description = streams.toLocaleString();
  item.tooltip = category ?? l10n.t('Streams whose category is not known');
  return item;
}

function streamItem(node: StreamNode): TreeItem {
  const { head } = node;
  const item = new TreeItem(oneLine(head.stream) || '""');
  item.iconPath = new ThemeIcon('git-commit');
  item.contextValue = 'stream';
  const parts = [
    node.showCategory ? categoryBeside(head) : undefined,
    `v${head.version}`,
    timeAgo(head.lastTime, Date.now(), l10n),
  ];
  item.description = parts.filter(Boolean).join(' · ');
  item.command = { command: 'leftfold.openTimeline', title: l10n.t('Open Timeline'), arguments: [node] };
  return item;
}

/** The category where the stream's own name does not say it. */
function categoryBeside({ stream, category }: StreamHead): string | undefined {
  return category === null || stream.startsWith(category) ? undefined : oneLine(category, 40);
}

/** A problem names its file by the whole path; a narrow row has room for the name, and the tooltip has the rest. */
function withoutFolder({ label, problem }: StatusNode): string {
  const file = problem?.where.file;
  return file === undefined ? label : label.replaceAll(file, basename(file));
}

function statusItem(node: StatusNode): TreeItem {
  const item = new TreeItem(oneLine(withoutFolder(node), 300));
  item.iconPath = new ThemeIcon(node.icon, node.color === undefined ? undefined : new ThemeColor(node.color));
  item.contextValue = node.problem ? 'status.problem' : 'status';
  if (node.description !== undefined) item.description = node.description;
  if (node.command) item.command = { command: node.command.id, title: node.label, arguments: node.command.args };
  if (node.problem) {
    const tooltip = new MarkdownString();
    tooltip.appendText(node.problem.message).appendMarkdown('\n\n').appendText(node.problem.next);
    for (const detail of node.problem.details?.slice(0, 20) ?? []) tooltip.appendMarkdown('\n\n').appendText(oneLine(detail, 400));
    item.tooltip = tooltip;
  } else item.tooltip = node.label;
  return item;
}

/** What hovering a stream shows: first and last time, count, and its event types with how many there are of each. */
export function streamTooltip(summary: StreamSummary & { types: { type: string; count: number }[] }): MarkdownString {
  const text = new MarkdownString(undefined, true);
  text.appendMarkdown('**').appendText(oneLine(summary.stream, 500)).appendMarkdown('**\n\n');
  const events = summary.events === 1 ? l10n.t('1 event') : l10n.t('{0} events', summary.events.toLocaleString());
  text.appendText(`${events} · ${l10n.t('last version {0}', String(summary.version))}`).appendMarkdown('\n\n');
  if (summary.firstTime !== null) text.appendText(l10n.t('First: {0}', summary.firstTime)).appendMarkdown('  \n');
  if (summary.lastTime !== null) text.appendText(l10n.t('Last: {0}', summary.lastTime)).appendMarkdown('\n\n');
  const shown = summary.types.slice(0, 15);
  if (shown.length > 0) text.appendMarkdown(`| ${l10n.t('Event type')} | |\n|:--|--:|\n`);
  for (const { type, count } of shown) text.appendMarkdown(`| ${cell(type)} | ${count.toLocaleString()} |\n`);
  if (summary.types.length > shown.length) text.appendMarkdown('\n').appendText(l10n.t('and {0} more types', summary.types.length - shown.length));
  return text;
}

/** Text in a cell of a Markdown table, with nothing in it read as Markdown. */
function cell(text: string): string {
  return oneLine(text, 120).replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, (char) => `\\${char}`);
}

function isFile(path: string): boolean {
  return /\.(nd)?jsonl?$|\.json$/i.test(path);
}
