import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { PlainElement } from './plain-element';
import { ScrollModel } from './scroll-model';

/** Style of a row that puts it in its place. */
export type RowPlace = ReturnType<typeof styleMap>;

const SETTLE_MS = 120;

/**
 * A list of rows of one height, of which only those on screen exist. Any number of rows: see ScrollModel.
 *
 * The element is the scroller and holds the keyboard's focus; the row it is on is told by aria-activedescendant. Its
 * owner sets role and label on it, and draws each row (with the id `${rowId}${index}`).
 */
@customElement('lf-list')
export class VirtualList extends PlainElement {
  @property({ attribute: false }) total = 0;
  @property({ attribute: false }) rowHeight = 22;
  /** The row the keyboard is on, -1 for none. */
  @property({ attribute: false }) active = -1;
  @property({ attribute: false }) rowId = 'row-';
  @property({ attribute: false }) row: (index: number, place: RowPlace) => TemplateResult = () => html``;
  /** Told which rows are on screen: from (inclusive) to (exclusive). */
  @property({ attribute: false }) range: (from: number, to: number) => void = () => undefined;
  /** Anything the rows depend on: a new value draws them again. */
  @property({ attribute: false }) version: unknown;

  private readonly scroll_ = new ScrollModel();
  private readonly resized = new ResizeObserver(() => this.measure());
  private viewport = 0;
  private settleTimer: number | undefined;
  private told = '';
  private lastActive = -1;

  /** Whole rows that fit on screen, at least one: what Page Up and Page Down move by. */
  get pageSize(): number {
    return Math.max(1, Math.floor(this.viewport / this.rowHeight) - 1);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add('list');
    this.addEventListener('scroll', this.onScroll, { passive: true });
    this.resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('scroll', this.onScroll);
    this.resized.disconnect();
    clearTimeout(this.settleTimer);
  }

  /** Scrolls just far enough for a row to be on screen; a row far away is put in the middle. */
  reveal(index: number): void {
    if (index < 0 || this.viewport === 0) return;
    const top = index * this.rowHeight;
    const shown = this.scroll_.top;
    const below = top + this.rowHeight - this.viewport;
    if (top >= shown && below <= shown) return;
    const near = top > shown - this.viewport && below < shown + this.viewport;
    this.scroll_.moveTo(near ? (top < shown ? top : below) : top - (this.viewport - this.rowHeight) / 2);
    this.putScrollBar();
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('total') || changed.has('rowHeight')) this.scroll_.resize(this.total * this.rowHeight, this.viewport);
  }

  protected override render(): TemplateResult {
    const { top } = this.scroll_;
    const from = Math.max(0, Math.floor(top / this.rowHeight) - 2);
    const to = Math.min(this.total, Math.ceil((top + this.viewport) / this.rowHeight) + 2);
    const rows: TemplateResult[] = [];
    for (let index = from; index < to; index++) {
      const place = styleMap({ transform: `translateY(${Math.round(index * this.rowHeight - top)}px)`, height: `${this.rowHeight}px` });
      rows.push(this.row(index, place));
    }
    this.tell(from, to);
    return html`<div class="list-space" role="none" style=${styleMap({ height: `${this.scroll_.layoutHeight}px` })}>
      <div class="list-window" role="none">${rows}</div>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('total')) this.putScrollBar();
    if (this.active !== this.lastActive) {
      this.lastActive = this.active;
      this.reveal(this.active);
    }
    const row = this.active >= 0 ? this.querySelector(`[id="${CSS.escape(this.rowId + this.active)}"]`) : null;
    if (row) this.setAttribute('aria-activedescendant', row.id);
    else this.removeAttribute('aria-activedescendant');
  }

  private tell(from: number, to: number): void {
    if (to <= from) return;
    const told = `${from} ${to} ${this.total}`;
    if (told === this.told) return;
    this.told = told;
    // Not while rendering: what the owner fetches may be at hand and change it at once.
    queueMicrotask(() => this.range(from, to));
  }

  private measure(): void {
    const viewport = this.clientHeight;
    if (viewport === this.viewport) return;
    // A row that was on screen stays there while its list gets smaller; one scrolled away from is left where it is.
    const top = this.active * this.rowHeight - this.scroll_.top;
    const wasShown = this.viewport === 0 || (top > -this.rowHeight && top < this.viewport);
    this.viewport = viewport;
    this.scroll_.resize(this.total * this.rowHeight, viewport);
    if (wasShown) this.reveal(this.active);
    this.requestUpdate();
  }

  private readonly onScroll = (): void => {
    if (Math.abs(this.scrollTop - this.settledAt) < 1) return;
    this.settledAt = -1;
    if (this.scroll_.scrolledTo(this.scrollTop)) this.putScrollBar();
    // While a hand is on the wheel the bar is left where it is; afterwards it is put where it belongs.
    clearTimeout(this.settleTimer);
    this.settleTimer = window.setTimeout(() => this.putScrollBar(), SETTLE_MS);
    this.requestUpdate();
  };

  private settledAt = -1;

  private putScrollBar(): void {
    const wanted = this.scroll_.scrollTop;
    if (Math.abs(this.scrollTop - wanted) < 1) return this.scroll_.settled(this.scrollTop);
    this.scrollTop = wanted;
    this.settledAt = this.scrollTop;
    this.scroll_.settled(this.scrollTop);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lf-list': VirtualList;
  }
}
