import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { TABS, type Tab, type TimelineStore } from '../state/timeline-store';
import { count, t } from '../strings';
import { badge, button, iconButton } from '../ui/controls';
import { icon } from '../ui/icons';
import { PlainElement } from '../ui/plain-element';
import { problemView } from '../ui/problem-view';
import { Watch } from '../ui/watch';
import { eventPane, recordPane } from './event-pane';
import { statePane, stateTools } from './state-pane';
import './changes-pane';

/** The shown version from four sides: what changed, the state, the event, the stored record. */
@customElement('lf-inspector')
export class Inspector extends PlainElement {
  @property({ attribute: false }) store!: TimelineStore;
  protected readonly watch = new Watch(this, () => [this.store, ...Object.values(this.store.trees)]);

  protected override render(): TemplateResult {
    const { store } = this;
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', t('inspector.label'));
    return html`
      ${this.head()}
      <div class="tabs-line">
        <div class="tabs" role="tablist" aria-label=${t('inspector.tabs')} @keydown=${this.onTabKey}>${TABS.map((tab) => this.tab(tab))}</div>
        <div class="tab-tools">${store.tab === 'state' ? stateTools(store) : nothing}</div>
      </div>
      <div class="bar-place">${store.settled ? nothing : html`<div class="bar late"></div>`}</div>
      <div
        class="pane pane-${store.tab}"
        role="tabpanel"
        id="panel"
        aria-labelledby=${`tab-${store.tab}`}
        aria-busy=${String(!store.paneSettled)}
        tabindex=${store.tab === 'changes' ? '0' : nothing}
      >
        ${store.stepProblem ? this.stepProblem() : html`${this.afterError()}${this.pane()}`}
      </div>
    `;
  }

  private head(): TemplateResult {
    const { store } = this;
    const row = store.view?.row;
    const atStart = store.step === 0;
    return html`<div class="inspector-head">
      <h2 class=${store.view?.problem ? 'failed' : ''}>
        ${store.view?.problem ? icon('error', 'failed-icon') : nothing}
        ${row ? html`<span class="shown-version">v${row.version}</span> <span class="shown-type" title=${row.type}>${row.type}</span>` : t('events.initial')}
      </h2>
      <span class="shown-time" title=${row?.time ?? ''}>${row?.time ?? ''}</span>
      <div class="actions" role="toolbar" aria-label=${t('action.actions')}>
        ${iconButton({ id: 'compare', icon: 'diff-sidebyside', label: t('action.compare'), disabled: atStart, press: () => void store.run('comparePrevious') })}
        ${iconButton({ id: 'open-state', icon: 'go-to-file', label: t('action.openState'), press: () => void store.run('openStateEditor') })}
        ${iconButton({ id: 'export-state', icon: 'export', label: t('action.exportState'), press: () => void store.run('exportState') })}
        ${iconButton({ id: 'export-events', icon: 'json', label: t('action.exportEvents'), disabled: atStart, press: () => void store.run('exportEvents') })}
      </div>
    </div>`;
  }

  private tab(tab: Tab): TemplateResult {
    const { store } = this;
    const selected = tab === store.tab;
    const total = tab === 'changes' ? store.view?.changes.total : undefined;
    return html`<button
      class="tab"
      role="tab"
      id=${`tab-${tab}`}
      aria-selected=${String(selected)}
      aria-controls="panel"
      tabindex=${selected ? '0' : '-1'}
      @click=${() => store.setTab(tab)}
    >
      ${t(`tab.${tab}`)} ${total ? badge(count(total)) : nothing}
    </button>`;
  }

  private pane(): TemplateResult {
    const { store } = this;
    switch (store.tab) {
      case 'changes':
        return html`<lf-changes .store=${store}></lf-changes>`;
      case 'state':
        return statePane(store);
      case 'event':
        return eventPane(store);
      case 'record':
        return recordPane(store);
    }
  }

  private afterError(): TemplateResult | typeof nothing {
    const at = this.store.afterErrorAt;
    if (at === null || this.store.view?.problem || this.store.tab === 'event' || this.store.tab === 'record') return nothing;
    return html`<p class="after-error">
      ${icon('warning')} ${t('inspector.afterError')}
      <button class="link" @click=${() => this.store.go(at)}>${t('inspector.goToError')}</button>
    </p>`;
  }

  private stepProblem(): TemplateResult | typeof nothing {
    const { store } = this;
    // What hinders the whole timeline is told above it already.
    if (!store.stepProblem || store.stepProblem.message === store.problem?.message) return nothing;
    const retry = button({ label: t('action.retry'), icon: 'debug-restart', press: () => void store.start() });
    return problemView(store.stepProblem, (place) => void store.openSource(place), retry);
  }

  private readonly onTabKey = (event: KeyboardEvent): void => {
    const at = TABS.indexOf(this.store.tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = TABS[(to + TABS.length) % TABS.length]!;
    this.store.setTab(tab);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#tab-${tab}`)?.focus());
  };
}
