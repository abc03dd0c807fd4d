import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { gapMs, shortGap, shortTime, timeStyle } from '../state/time';
import type { TimelineStore } from '../state/timeline-store';
import { t } from '../strings';
import { icon } from '../ui/icons';
import { PlainElement } from '../ui/plain-element';
import { Watch } from '../ui/watch';
import type { RowPlace, VirtualList } from '../ui/virtual-list';
import '../ui/virtual-list';

/** The stream's events, one line each, after a first line for the initial state. */
@customElement('lf-events')
export class EventList extends PlainElement {
  @property({ attribute: false }) store!: TimelineStore;
  @state() private gaps = false;
  @query('lf-list') private readonly list!: VirtualList | null;
  protected readonly watch = new Watch(this, () => [this.store]);

  override focus(): void {
    this.list?.focus();
  }

  /** What Page Up and Page Down move by. */
  get pageSize(): number {
    return this.list?.pageSize ?? 10;
  }

  protected override render(): TemplateResult {
    const { info, step, length } = this.store;
    return html`
      <div class="events-head" aria-hidden="true">
        <span class="col-version">${t('events.version')}</span>
        <span class="col-type">${t('events.type')}</span>
        <span class="col-summary">${t('events.summary')}</span>
        <button class="col-time head-button" tabindex="-1" title=${t('events.toggleTime')} @click=${() => (this.gaps = !this.gaps)}>
          ${t(this.gaps ? 'events.gap' : 'events.time')}
        </button>
      </div>
      <lf-list
        role="listbox"
        tabindex="0"
        aria-label=${t('events.label', info?.stream ?? '')}
        .rowId=${'event-'}
        .total=${length + 1}
        .active=${step}
        .row=${this.row}
        .range=${this.range}
        .version=${{}}
      ></lf-list>
      ${length === 0 ? html`<p class="quiet pad">${t('events.empty')}</p>` : nothing}
    `;
  }

  private readonly range = (from: number, to: number): void => this.store.rows.want(from - 1, to - 1, this.store.length);

  private readonly row = (step: number, place: RowPlace): TemplateResult => {
    const { store } = this;
    const current = step === store.step;
    const row = step === 0 ? undefined : store.rows.get(step - 1);
    const problem = step === 0 ? undefined : store.failureAt(step);
    const classes = `row event ${current ? 'current' : ''} ${problem ? 'failed' : ''}`;
    return html`<div
      class=${classes}
      role="option"
      id=${`event-${step}`}
      style=${place}
      aria-selected=${String(current)}
      aria-setsize=${store.length + 1}
      aria-posinset=${step + 1}
      title=${problem ? problem.message : nothing}
      @click=${() => this.choose(step)}
    >
      ${step === 0 ? this.startCells() : row ? this.cells(step, row, problem !== undefined) : html`<span class="quiet">${t('events.loading')}</span>`}
    </div>`;
  };

  private startCells(): TemplateResult {
    return html`<span class="col-version">${t('events.start')}</span><span class="col-type quiet">${t('events.initial')}</span>`;
  }

  private cells(step: number, row: { version: string; type: string; summary: string; time: string | null }, failed: boolean): TemplateResult {
    return html`
      <span class="col-version">${row.version}</span>
      <span class="col-type" title=${row.type}>${failed ? html`${icon('error', 'failed-icon')}<span class="unseen">${t('events.failed')} </span>` : nothing}${row.type}</span>
      <span class="col-summary">${row.summary}</span>
      <span class="col-time" title=${row.time ?? ''}>${this.time(step, row.time)}</span>
    `;
  }

  private time(step: number, time: string | null): string {
    if (time === null) return '';
    const { info, rows } = this.store;
    if (!this.gaps) return shortTime(time, timeStyle(info?.firstTime ?? null, info?.lastTime ?? null));
    const gap = step > 1 ? gapMs(rows.get(step - 2)?.time, time) : undefined;
    return gap === undefined ? '' : shortGap(gap);
  }

  private choose(step: number): void {
    this.store.clock.stop();
    this.store.go(step);
    this.list?.focus();
  }
}
