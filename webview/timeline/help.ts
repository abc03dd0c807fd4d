import { html, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { t, type StringKey } from '../strings';
import { iconButton } from '../ui/controls';
import { PlainElement } from '../ui/plain-element';

const KEYS: [string[], StringKey][] = [
  [['←', '→'], 'help.step'],
  [['↑', '↓'], 'help.list'],
  [['Page Up', 'Page Down'], 'help.page'],
  [['Home', 'End'], 'help.ends'],
  [['Space'], 'help.play'],
  [['g'], 'help.jump'],
  [['1', '2', '3', '4'], 'help.tabs'],
  [['d'], 'help.compare'],
  [['↑', '↓', '←', '→'], 'help.tree'],
  [['Ctrl+C', 'Shift+Alt+C'], 'help.copy'],
  [['?'], 'help.sheet'],
];

/** The sheet that lists the keys. A modal dialog: Escape closes it and the keyboard goes back where it was. */
@customElement('lf-help')
export class HelpSheet extends PlainElement {
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  get isOpen(): boolean {
    return this.dialog?.open ?? false;
  }

  open(): void {
    if (!this.isOpen) this.dialog.showModal();
  }

  close(): void {
    this.dialog.close();
  }

  protected override render(): TemplateResult {
    return html`<dialog class="help" aria-labelledby="help-title" @click=${(event: Event) => event.target === this.dialog && this.close()}>
      <div class="help-sheet">
        <div class="help-head">
          <h2 id="help-title">${t('help.title')}</h2>
          ${iconButton({ icon: 'close', label: t('action.close'), press: () => this.close() })}
        </div>
        <dl>
          ${KEYS.map(([keys, text]) => html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${t(text)}</dd></div>`)}
        </dl>
      </div>
    </dialog>`;
  }
}
