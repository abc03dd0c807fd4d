import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { TreeRow } from '../../src/protocol/shared';
import type { TreeModel } from '../state/tree-model';
import { t } from '../strings';
import { icon } from './icons';
import { PlainElement } from './plain-element';
import { valueText } from './value';
import type { RowPlace, VirtualList } from './virtual-list';
import './virtual-list';

/** A tree of values: virtual, driven by keyboard as the WAI-ARIA tree pattern says, with what the step changed marked. */
@customElement('lf-tree')
export class TreeView extends PlainElement {
  @property({ attribute: false }) model!: TreeModel;
  @property({ attribute: false }) label = '';
  /** What stands for the root's key. */
  @property({ attribute: false }) rootName = '';
  @property({ attribute: false }) copy: (text: string | Promise<string>) => void = () => undefined;
  @query('lf-list') private readonly list!: VirtualList | null;

  private unsubscribe: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.onKey);
    this.requestUpdate('model');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.onKey);
    this.unsubscribe?.();
    this.unsubscribe = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('model') && this.unsubscribe) return;
    this.unsubscribe?.();
    this.unsubscribe = this.model.subscribe(() => this.requestUpdate());
  }

  protected override render(): TemplateResult {
    const { model } = this;
    if (model.total === 0) return html`<p class="quiet pad">${model.current ? t('tree.empty') : t('tree.loading')}</p>`;
    return html`<lf-list
      class="tree"
      role="tree"
      tabindex="0"
      aria-label=${this.label}
      .rowId=${`${this.model.of}-row-`}
      .total=${model.total}
      .active=${model.active.index}
      .row=${this.row}
      .range=${this.range}
      .version=${{}}
    ></lf-list>`;
  }

  private readonly range = (from: number, to: number): void => this.model.want(from, to);

  private readonly row = (index: number, place: RowPlace): TemplateResult => {
    const row = this.model.row(index);
    const id = `${this.model.of}-row-${index}`;
    if (!row) return html`<div class="row tree-row" role="treeitem" aria-level="1" id=${id} style=${place}>${t('tree.loading')}</div>`;
    const active = index === this.model.active.index;
    const branch = row.value.children > 0;
    return html`<div
      class="row tree-row ${active ? 'active' : ''} ${row.mark ? `mark-${row.mark}` : ''}"
      role="treeitem"
      id=${id}
      style=${place}
      aria-level=${row.depth + 1}
      aria-expanded=${branch ? String(row.expanded) : nothing}
      aria-selected=${String(active)}
      aria-label=${this.spoken(row)}
      data-path=${row.path}
      @click=${(event: MouseEvent) => this.onClick(event, index, row)}
    >
      <span class="guides" style="--depth:${row.depth}"></span>
      <span class="twistie">${branch ? icon(row.expanded ? 'chevron-down' : 'chevron-right') : nothing}</span>
      <span class="key">${row.path === '' ? this.rootName : row.key}</span><span class="colon">:</span>
      ${valueText(row.value)}
      ${row.type === undefined ? nothing : html`<span class="stored-type">${row.type}</span>`}
      ${row.mark ? html`<span class="mark" title=${t(`tree.${row.mark}`)}>${row.mark === 'within' ? icon('circle-filled') : nothing}</span>` : nothing}
      ${active ? this.rowActions(row) : nothing}
    </div>`;
  };

  private rowActions(row: TreeRow): TemplateResult {
    const press = (event: Event, text: string | Promise<string>) => {
      event.stopPropagation();
      this.copy(text);
    };
    return html`<span class="row-actions">
      <button class="row-action" tabindex="-1" title=${t('action.copyValue')} aria-label=${t('action.copyValue')}
        @click=${(event: Event) => press(event, this.model.text(row))}>${icon('copy')}</button>
      <button class="row-action" tabindex="-1" title=${t('action.copyPath')} aria-label=${t('action.copyPath')}
        @click=${(event: Event) => press(event, row.path)}>${icon('link')}</button>
    </span>`;
  }

  private spoken(row: TreeRow): string {
    const key = row.path === '' ? this.rootName : row.key;
    return `${key}: ${row.value.text}${row.type === undefined ? '' : `, ${row.type}`}${row.mark ? `, ${t(`tree.${row.mark}`)}` : ''}`;
  }

  private onClick(event: MouseEvent, index: number, row: TreeRow): void {
    this.model.moveTo(index);
    // One click opens a branch anywhere on its line, as VS Code's trees do; a selection of text does not.
    if (event.detail < 2 && getSelection()?.isCollapsed !== false) this.model.toggle(row);
    this.list?.focus();
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.composedPath()[0] !== this.list) return;
    if (this.handle(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  private handle(event: KeyboardEvent): boolean {
    const { model } = this;
    const { index } = model.active;
    const row = model.row(index);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c') {
      if (!row || getSelection()?.isCollapsed === false) return false;
      this.copy(model.text(row));
      return true;
    }
    if (event.shiftKey && event.altKey && event.code === 'KeyC') {
      if (row) this.copy(row.path);
      return row !== undefined;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    return this.move(event.key, index, row);
  }

  private move(key: string, index: number, row: TreeRow | undefined): boolean {
    const { model } = this;
    const page = this.list?.pageSize ?? 10;
    switch (key) {
      case 'ArrowDown': model.moveTo(index + 1); return true;
      case 'ArrowUp': model.moveTo(index - 1); return true;
      case 'PageDown': model.moveTo(index + page); return true;
      case 'PageUp': model.moveTo(index - page); return true;
      case 'Home': model.moveTo(0); return true;
      case 'End': model.moveTo(model.total - 1); return true;
      case 'ArrowRight':
        if (row && row.value.children > 0) {
          if (row.expanded) model.moveTo(index + 1);
          else model.setOpen(row, true);
        }
        return true;
      case 'ArrowLeft':
        if (row?.expanded) model.setOpen(row, false);
        else void model.moveToParent();
        return true;
      case 'Enter':
      case ' ':
        if (row) model.toggle(row);
        return true;
      default:
        return false;
    }
  }
}
