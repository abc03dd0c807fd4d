import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { PageButton } from '../../src/protocol/page';
import type { TimelineStore } from '../state/timeline-store';
import { count, t } from '../strings';
import { Announcer } from '../ui/announcer';
import { button } from '../ui/controls';
import { PlainElement } from '../ui/plain-element';
import { problemView } from '../ui/problem-view';
import { Watch } from '../ui/watch';
import type { EventList } from './event-list';
import { banners, header } from './header';
import type { HelpSheet } from './help';
import { handleKey } from './keys';
import type { Transport } from './transport';
import '../inspector/inspector';
import '../ui/splitter';
import './event-list';
import './help';
import './transport';

const NARROW = matchMedia('(max-width: 720px)');

/** The timeline: header, event list beside (or above) the inspector, transport. */
@customElement('lf-timeline')
export class TimelinePage extends PlainElement {
  @property({ attribute: false }) store!: TimelineStore;
  @state() private narrow = NARROW.matches;
  @query('lf-events') private readonly events!: EventList | null;
  @query('lf-transport') private readonly transport!: Transport | null;
  @query('lf-help') private readonly helpSheet!: HelpSheet | null;
  protected readonly watch = new Watch(this, () => [this.store]);
  private readonly announcer = new Announcer(() => this.querySelector('#live'));
  private announced: unknown;
  private wasPlaying = false;
  private copied = 0;
  private focused = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.onKey);
    NARROW.addEventListener('change', this.onNarrow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKey);
    NARROW.removeEventListener('change', this.onNarrow);
  }

  /** Does what one of the page's buttons does; asked for by a command of the editor. */
  press(name: PageButton): void {
    const { store } = this;
    const actions: Record<PageButton, () => void> = {
      first: () => store.move(-store.length),
      back: () => store.move(-1),
      play: () => store.togglePlay(),
      forward: () => store.move(1),
      last: () => store.move(store.length),
      jump: () => this.transport?.openJump(),
      help: () => this.helpSheet?.open(),
    };
    actions[name]();
  }

  protected override render(): TemplateResult {
    const { store } = this;
    return html`
      ${store.info ? this.ready() : store.status === 'failed' ? this.failed() : this.loading()}
      <div id="live" class="unseen" role="status" aria-live="polite"></div>
    `;
  }

  protected override updated(_changed: PropertyValues): void {
    this.announce();
    if (this.focused || !this.store.info) return;
    // Once the list exists; keys work without it, but a screen reader then starts where the work is.
    this.focused = true;
    void this.events?.updateComplete.then(() => document.activeElement === document.body && this.events?.focus());
  }

  private ready(): TemplateResult {
    const { store } = this;
    const first = `${store.split}%`;
    return html`
      ${header(store)} ${store.problem ? html`<div class="ended">${this.problem()}</div>` : banners(store)}
      <main class="panes ${this.narrow ? 'stacked' : ''}" style=${styleMap({ '--split': first })}>
        <lf-events class="events" .store=${store}></lf-events>
        <lf-splitter
          .share=${store.split}
          .vertical=${!this.narrow}
          .label=${t('inspector.resize')}
          .resize=${(share: number) => store.setSplit(share)}
        ></lf-splitter>
        <lf-inspector class="inspector" .store=${store}></lf-inspector>
      </main>
      <lf-transport
        class="transport"
        role="region"
        aria-label=${t('transport.label')}
        .store=${store}
        .leave=${() => this.events?.focus()}
        .help=${() => this.helpSheet?.open()}
      ></lf-transport>
      <lf-help></lf-help>
    `;
  }

  private problem(): TemplateResult | typeof nothing {
    const { store } = this;
    if (!store.problem) return nothing;
    const retry = button({ label: t('action.retry'), icon: 'debug-restart', press: () => void store.start() });
    return problemView(store.problem, (place) => void store.openSource(place), retry);
  }

  private failed(): TemplateResult {
    return html`<main class="whole">${this.problem()}</main>`;
  }

  private loading(): TemplateResult {
    const { progress } = this.store;
    return html`<main class="whole late" aria-busy="true">
      <div class="bar" role="progressbar" aria-label=${t('status.loading')}></div>
      <p class="quiet">
        ${t('status.loading')} ${progress.total > 0 ? t('transport.folding', count(progress.folded), count(progress.total)) : nothing}
      </p>
    </main>`;
  }

  private announce(): void {
    const { view, clock, copied } = this.store;
    if (copied !== this.copied) {
      this.copied = copied;
      this.announcer.say(t('announce.copied'));
    }
    if (clock.playing !== this.wasPlaying) {
      this.wasPlaying = clock.playing;
      if (clock.playing) this.announcer.say(t('announce.playing'));
    }
    if (!view || view === this.announced || clock.playing) return;
    this.announced = view;
    this.announcer.say(spoken(view));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (this.helpSheet?.isOpen) return;
    const done = handleKey(event, this.store, {
      pageSize: () => this.events?.pageSize ?? 10,
      jump: () => this.transport?.openJump(),
      help: () => this.helpSheet?.open(),
    });
    if (done) event.preventDefault();
  };

  private readonly onNarrow = (): void => {
    this.narrow = NARROW.matches;
  };
}

function spoken(view: NonNullable<TimelineStore['view']>): string {
  if (!view.row) return t('announce.start');
  const { version, type } = view.row;
  if (view.problem) return t('announce.failed', version, type, view.problem.message);
  return t('announce.step', version, type, changesCount(view.changes.total));
}

/** `no changes`, `1 change`, `3 changes`. */
export function changesCount(total: number): string {
  if (total === 0) return t('count.changes.none');
  return total === 1 ? t('count.changes.one') : t('count.changes.many', count(total));
}

declare global {
  interface HTMLElementTagNameMap {
    'lf-timeline': TimelinePage;
  }
}
