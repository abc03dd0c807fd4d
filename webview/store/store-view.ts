import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Problem } from '../../src/model/problem';
import { EVENT_ROLES, type StoreInfo } from '../../src/model/store-info';
import type { StorePage } from '../state/store-page';
import { count, t } from '../strings';
import { badge, button, focusField, textField } from '../ui/controls';
import { icon } from '../ui/icons';
import { PlainElement } from '../ui/plain-element';
import { fileName, problemView } from '../ui/problem-view';
import { Watch } from '../ui/watch';
import type { RowPlace, VirtualList } from '../ui/virtual-list';
import '../ui/virtual-list';

/** What a store file is, what could not be read of it, and its streams to open. */
@customElement('lf-store')
export class StoreView extends PlainElement {
  @property({ attribute: false }) store!: StorePage;
  @query('lf-list') private readonly list!: VirtualList | null;
  protected readonly watch = new Watch(this, () => [this.store]);

  protected override render(): TemplateResult {
    const { store } = this;
    if (store.status === 'failed') return this.failed();
    if (!store.info) return this.loading();
    return html`
      <header class="head">
        <h1 title=${store.info.path}>${icon('database')}<span>${fileName(store.info.path)}</span></h1>
        <span class="head-fact"><span>${store.info.dialect}</span></span>
        <span class="head-space"></span>
        ${button({ label: t('store.openSidebar'), icon: 'layout-sidebar-left', press: () => void store.run('addToSidebar') })}
        ${button({ label: t('store.map'), icon: 'table', secondary: true, press: () => void store.run('mapColumns') })}
        ${button({ label: t('store.openText'), icon: 'file-code', secondary: true, press: () => void store.run('openAsText') })}
      </header>
      <main class="store-panes">
        <section class="store-streams" aria-label=${t('store.streams')}>${this.streams()}</section>
        <section class="store-about" aria-label=${t('store.about')} tabindex="0">${about(store.info)}</section>
      </main>
    `;
  }

  private streams(): TemplateResult {
    const { store } = this;
    return html`
      <div class="store-filter">
        ${textField({
          id: 'filter',
          label: t('store.filter'),
          placeholder: t('store.filter'),
          value: store.filter,
          icon: 'search',
          input: (text) => store.setFilter(text),
          key: (event) => {
            if (event.key === 'ArrowDown') this.list?.focus();
          },
        })}
      </div>
      ${store.listProblem
        ? problemView(store.listProblem, undefined, button({ label: t('action.retry'), press: () => store.retryList() }))
        : nothing}
      ${store.streams.length === 0 && !store.more
        ? html`<p class="quiet pad">${store.filter === '' ? t('store.empty') : t('store.noMatch', store.filter)}</p>`
        : html`<lf-list
            class="fill"
            role="listbox"
            tabindex="0"
            aria-label=${t('store.streams')}
            .rowId=${'stream-'}
            .total=${store.streams.length + (store.more ? 1 : 0)}
            .active=${store.active}
            .row=${this.row}
            .range=${(_from: number, to: number) => store.want(to)}
            .version=${{}}
            @keydown=${this.onKey}
          ></lf-list>`}
    `;
  }

  private readonly row = (index: number, place: RowPlace): TemplateResult => {
    const head = this.store.streams[index];
    const active = index === this.store.active;
    return html`<div
      class="row stream ${active ? 'current' : ''}"
      role="option"
      id=${`stream-${index}`}
      style=${place}
      aria-selected=${String(active)}
      aria-setsize=${this.store.more ? -1 : this.store.streams.length}
      aria-posinset=${index + 1}
      @click=${() => {
        this.store.moveTo(index);
        this.store.open(index);
      }}
    >
      ${head
        ? html`<span class="stream-id" title=${head.stream}>${head.stream}</span>
            ${head.category === null ? nothing : html`<span class="stream-category">${head.category}</span>`}
            <span class="stream-version">v${String(head.version)}</span>
            <span class="stream-time" title=${head.lastTime ?? ''}>${head.lastTime?.slice(0, 19).replace('T', ' ') ?? ''}</span>`
        : html`<span class="quiet">${t('events.loading')}</span>`}
    </div>`;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const { store } = this;
    const page = this.list?.pageSize ?? 10;
    const moves: Record<string, () => void> = {
      ArrowDown: () => store.moveTo(store.active + 1),
      ArrowUp: () => store.moveTo(store.active - 1),
      PageDown: () => store.moveTo(store.active + page),
      PageUp: () => store.moveTo(store.active - page),
      Home: () => store.moveTo(0),
      End: () => store.moveTo(store.streams.length - 1),
      Enter: () => store.open(store.active),
      '/': () => focusField(this.querySelector('#filter')),
    };
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };

  private loading(): TemplateResult {
    const { progress } = this.store;
    return html`<main class="whole late" aria-busy="true">
      <div class="bar" role="progressbar" aria-label=${t('status.loadingStore')}></div>
      <p class="quiet">${t('status.loadingStore')} ${progress && progress.total > 0 ? `${Math.floor((progress.done / progress.total) * 100)} %` : nothing}</p>
    </main>`;
  }

  private failed(): TemplateResult {
    const { store } = this;
    if (!store.problem) return html``;
    const actions = html`
      ${button({ label: t('store.map'), icon: 'table', press: () => void store.run('mapColumns') })}
      ${button({ label: t('action.retry'), icon: 'debug-restart', secondary: true, press: () => void store.run('retry') })}
      ${button({ label: t('store.openText'), icon: 'file-code', secondary: true, press: () => void store.run('openAsText') })}
    `;
    const { details = [], ...problem } = store.problem;
    return html`<main class="whole store-failed">
      <h1>${t('store.failed')}</h1>
      ${problemView(problem, undefined, actions)}
      ${details.length > 0
        ? html`<h2>${t('store.found')}</h2>
            <pre class="found" tabindex="0">${details.join('\n')}</pre>`
        : nothing}
    </main>`;
  }
}

function about(info: StoreInfo): TemplateResult {
  const number = (value: number | null) => (value === null ? t('store.unknownCount') : count(value));
  const facts: [string, string][] = [
    [t('store.file'), info.path],
    [t('store.dialect'), info.dialect],
    [t('store.why'), info.why],
    [t('store.size'), size(info.size)],
    [t('store.streams'), number(info.streams)],
    [t('store.events'), number(info.events)],
  ];
  return html`
    <h2>${t('store.about')}</h2>
    <dl class="facts wrap">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    <h2>${t('store.mapping')}</h2>
    <table class="mapping">
      <thead><tr><th scope="col">${t('store.role')}</th><th scope="col">${t('store.column')}</th></tr></thead>
      <tbody>
        ${EVENT_ROLES.map((role) => {
          const column = info.mapping[role];
          return html`<tr><td>${role}</td><td>${column === null ? html`<span class="quiet">${t('store.none')}</span>` : html`<code>${column}</code>`}</td></tr>`;
        })}
      </tbody>
    </table>
    ${info.problemCount > 0 ? problems(info) : nothing}
  `;
}

function problems({ problems: list, problemCount }: StoreInfo): TemplateResult {
  const title = problemCount === 1 ? t('store.problems.one') : t('store.problems.many', count(problemCount));
  return html`<h2>${icon('warning', 'warning-icon')} ${title}</h2>
    ${list.length < problemCount ? html`<p class="quiet">${t('store.problemsShown', count(list.length), count(problemCount))}</p>` : nothing}
    <ul class="store-problems">
      ${list.map((problem: Problem) => html`<li>
        ${problem.where.line === undefined ? nothing : badge(t('store.line', problem.where.line))}
        <span title=${problem.next}>${problem.message}</span>
      </li>`)}
    </ul>`;
}

function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const at = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${Number((bytes / 1000 ** at).toFixed(at === 0 ? 0 : 1))} ${units[at]}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lf-store': StoreView;
  }
}
