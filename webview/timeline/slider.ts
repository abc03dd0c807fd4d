import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { TimelineStore } from '../state/timeline-store';
import { count, t } from '../strings';
import { PlainElement } from '../ui/plain-element';
import { Watch } from '../ui/watch';

const MOST_TICKS = 200;

/** The place in the stream as a slider; its track shows how far the fold has come and where events failed. */
@customElement('lf-slider')
export class Slider extends PlainElement {
  @property({ attribute: false }) store!: TimelineStore;
  protected readonly watch = new Watch(this, () => [this.store]);

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('pointerdown', this.onDown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('pointerdown', this.onDown);
  }

  protected override render(): TemplateResult {
    const { step, length, progress, view, rows } = this.store;
    const at = length === 0 ? 0 : (step / length) * 100;
    const folded = progress.done || progress.total === 0 ? 100 : (progress.folded / progress.total) * 100;
    const version = rows.get(step - 1)?.version ?? (view?.step === step ? view.row?.version : undefined);
    const spoken = `${version === undefined ? '' : `${t('transport.version', version)}, `}${t('transport.position', step, length)}`;
    return html`<div
      class="slider"
      role="slider"
      tabindex="0"
      aria-label=${t('transport.slider')}
      aria-valuemin="0"
      aria-valuemax=${length}
      aria-valuenow=${step}
      aria-valuetext=${step === 0 ? t('announce.start') : spoken}
      title=${progress.done ? '' : t('transport.folding', count(progress.folded), count(progress.total))}
    >
      <div class="track">
        <div class="folded ${progress.done ? 'done' : ''}" style=${styleMap({ width: `${folded}%` })}></div>
        <div class="played" style=${styleMap({ width: `${at}%` })}></div>
        ${this.ticks().map((left) => html`<i class="tick" style=${styleMap({ left: `${left}%` })}></i>`)}
      </div>
      <div class="thumb" style=${styleMap({ left: `${at}%` })}></div>
    </div>`;
  }

  /** Places of failed events, percent, at most one to each half percent. */
  private ticks(): number[] {
    const { failures, length } = this.store;
    const places = new Set<number>();
    for (const step of failures.keys()) {
      places.add(Math.round((step / length) * MOST_TICKS) / (MOST_TICKS / 100));
      if (places.size >= MOST_TICKS) break;
    }
    return [...places];
  }

  private readonly onDown = (down: PointerEvent): void => {
    if (down.button !== 0) return;
    const slider = this.querySelector<HTMLElement>('.slider');
    if (!slider) return;
    slider.setPointerCapture(down.pointerId);
    this.store.clock.stop();
    const go = (event: PointerEvent) => {
      const box = slider.getBoundingClientRect();
      const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
      this.store.go(Math.round(share * this.store.length), 'move');
    };
    const up = () => {
      slider.removeEventListener('pointermove', go);
      slider.removeEventListener('pointerup', up);
      slider.removeEventListener('pointercancel', up);
    };
    slider.addEventListener('pointermove', go);
    slider.addEventListener('pointerup', up);
    slider.addEventListener('pointercancel', up);
    go(down);
  };
}
