import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { PlainElement } from './plain-element';

const STEP = 2;

/** The bar between two panes: dragged, or moved by arrow keys. Side by side or stacked, as its parent lays them out. */
@customElement('lf-splitter')
export class Splitter extends PlainElement {
  /** The first pane's share, percent. */
  @property({ attribute: false }) share = 50;
  @property({ attribute: false }) label = '';
  @property({ attribute: false }) vertical = true;
  @property({ attribute: false }) resize: (share: number) => void = () => undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('pointerdown', this.onDown);
    this.addEventListener('keydown', this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('pointerdown', this.onDown);
    this.removeEventListener('keydown', this.onKey);
  }

  protected override render(): TemplateResult {
    this.setAttribute('role', 'separator');
    this.setAttribute('tabindex', '0');
    this.setAttribute('aria-label', this.label);
    this.setAttribute('aria-orientation', this.vertical ? 'vertical' : 'horizontal');
    this.setAttribute('aria-valuemin', '15');
    this.setAttribute('aria-valuemax', '85');
    this.setAttribute('aria-valuenow', String(Math.round(this.share)));
    return html``;
  }

  private readonly onDown = (down: PointerEvent): void => {
    const box = this.parentElement?.getBoundingClientRect();
    if (!box || down.button !== 0) return;
    this.setPointerCapture(down.pointerId);
    this.classList.add('dragging');
    const move = (event: PointerEvent) => {
      const share = this.vertical ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height;
      this.resize(share * 100);
    };
    const up = () => {
      this.classList.remove('dragging');
      this.removeEventListener('pointermove', move);
      this.removeEventListener('pointerup', up);
      this.removeEventListener('pointercancel', up);
    };
    this.addEventListener('pointermove', move);
    this.addEventListener('pointerup', up);
    this.addEventListener('pointercancel', up);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const [less, more] = this.vertical ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key !== less && event.key !== more) return;
    event.preventDefault();
    event.stopPropagation();
    this.resize(this.share + (event.key === less ? -STEP : STEP));
  };
}
