import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { SPEEDS } from '../state/play-clock';
import type { TimelineStore } from '../state/timeline-store';
import { count, t } from '../strings';
import { dropdown, focusField, iconButton, textField } from '../ui/controls';
import { icon } from '../ui/icons';
import { PlainElement } from '../ui/plain-element';
import { Watch } from '../ui/watch';
import './slider';

/** Buttons, speed, slider, place and jump field: everything that moves the timeline. */
@customElement('lf-transport')
export class Transport extends PlainElement {
  @property({ attribute: false }) store!: TimelineStore;
  /** Gives the keyboard back to the event list. */
  @property({ attribute: false }) leave: () => void = () => undefined;
  @property({ attribute: false }) help: () => void = () => undefined;
  @state() private jumpText = '';
  @state() private jumpError = '';
  @query('#jump') private readonly field!: HTMLElement | null;
  protected readonly watch = new Watch(this, () => [this.store]);

  /** Puts the keyboard into the jump field. */
  openJump(): void {
    focusField(this.field);
  }

  protected override render(): TemplateResult {
    const { store } = this;
    const { step, length } = store;
    const playing = store.clock.playing;
    return html`
      <div class="transport-buttons" role="toolbar" aria-label=${t('transport.buttons')}>
        ${iconButton({ id: 'first', icon: 'debug-reverse-continue', label: t('transport.first'), disabled: step === 0, press: () => store.move(-length) })}
        ${iconButton({ id: 'back', icon: 'debug-step-back', label: t('transport.back'), disabled: step === 0, press: () => store.move(-1) })}
        ${iconButton({
          id: 'play',
          icon: playing ? 'debug-pause' : 'debug-start',
          label: t(playing ? 'transport.pause' : 'transport.play'),
          disabled: length === 0,
          press: () => store.togglePlay(),
        })}
        ${iconButton({ id: 'forward', icon: 'debug-step-over', label: t('transport.forward'), disabled: step >= length, press: () => store.move(1) })}
        ${iconButton({ id: 'last', icon: 'debug-continue', label: t('transport.last'), disabled: step >= length, press: () => store.move(length) })}
      </div>
      <div class="transport-speed">
        ${dropdown({
          label: t('transport.speed'),
          value: String(store.speed),
          choices: SPEEDS.map((speed) => ({ value: String(speed), label: speed === 'original' ? t('transport.speedOriginal') : `${speed}x` })),
          choose: (value) => store.setSpeed(value === 'original' ? value : Number(value)),
        })}
      </div>
      <lf-slider .store=${store}></lf-slider>
      <span class="position">${this.position()}</span>
      <div class="jump">
        ${textField({
          id: 'jump',
          label: t('transport.jump'),
          placeholder: t('transport.jumpPlaceholder'),
          value: this.jumpText,
          icon: 'target',
          invalid: this.jumpError !== '',
          describedBy: 'jump-error',
          input: (text) => {
            this.jumpText = text;
            this.jumpError = '';
          },
          key: (event) => void this.onJumpKey(event),
        })}
        <div id="jump-error" class="field-error" role="alert" ?hidden=${this.jumpError === ''}>
          ${this.jumpError === '' ? nothing : html`${icon('error')} ${this.jumpError}`}
        </div>
      </div>
      ${iconButton({ id: 'help', icon: 'keyboard', label: t('transport.help'), press: this.help })}
    `;
  }

  private position(): string {
    const { step, length, rows, view } = this.store;
    if (step === 0) return t('transport.atStart', count(length));
    const version = rows.get(step - 1)?.version ?? (view?.step === step ? view.row?.version : undefined);
    const at = count(step);
    return version === undefined ? t('transport.position', at, count(length)) : t('transport.atVersion', version, at, count(length));
  }

  private async onJumpKey(event: KeyboardEvent): Promise<void> {
    if (event.key === 'Escape') {
      event.preventDefault();
      this.clear();
      this.leave();
    }
    if (event.key !== 'Enter' || this.jumpText.trim() === '') return;
    event.preventDefault();
    const wrong = await this.store.jump(this.jumpText);
    if (wrong !== undefined) {
      this.jumpError = wrong === 'unreadable' ? t('transport.jumpUnreadable') : wrong.message;
      return;
    }
    this.clear();
    this.leave();
  }

  private clear(): void {
    this.jumpText = '';
    this.jumpError = '';
  }
}
