/**
 * The small controls of the pages, and the only file that knows they come from @vscode/webview-ui-toolkit.
 * The toolkit is archived upstream; putting another library in its place means rewriting the templates below.
 */
import { provideVSCodeDesignSystem } from '@vscode/webview-ui-toolkit/dist/toolkit.min.js';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { icon, type IconName } from './icons';

// The prebuilt file registers all controls when it runs; its package says it does nothing when run, so a bundler
// keeps it only when something of it is used.
provideVSCodeDesignSystem();

interface ButtonOptions {
  label: string;
  press: () => void;
  disabled?: boolean;
  id?: string;
}

/** A button with a text. */
export function button(options: ButtonOptions & { secondary?: boolean; icon?: IconName }): TemplateResult {
  return html`<vscode-button
    id=${options.id ?? nothing}
    appearance=${options.secondary ? 'secondary' : 'primary'}
    ?disabled=${options.disabled ?? false}
    @click=${options.press}
    >${options.icon ? html`<span slot="start">${icon(options.icon)}</span>` : nothing}${options.label}</vscode-button
  >`;
}

/** A button that shows an icon; the label is its tooltip and its name for screen readers. */
export function iconButton(options: ButtonOptions & { icon: IconName; pressed?: boolean }): TemplateResult {
  return html`<vscode-button
    id=${options.id ?? nothing}
    appearance="icon"
    aria-label=${options.label}
    title=${options.label}
    aria-pressed=${options.pressed === undefined ? nothing : String(options.pressed)}
    ?disabled=${options.disabled ?? false}
    @click=${options.press}
    >${icon(options.icon)}</vscode-button
  >`;
}

/** A choice of a few; `value` is one of the options' values. */
export function dropdown(options: {
  label: string;
  value: string;
  choices: { value: string; label: string }[];
  choose: (value: string) => void;
}): TemplateResult {
  return html`<vscode-dropdown
    aria-label=${options.label}
    title=${options.label}
    .value=${live(options.value)}
    @change=${(event: Event) => options.choose((event.target as HTMLInputElement).value)}
    >${options.choices.map(
      ({ value, label }) => html`<vscode-option value=${value} ?selected=${value === options.value}>${label}</vscode-option>`,
    )}</vscode-dropdown
  >`;
}

/** A field for one line of text. */
export function textField(options: {
  id: string;
  label: string;
  placeholder: string;
  value: string;
  invalid?: boolean;
  describedBy?: string;
  icon?: IconName;
  input: (value: string) => void;
  key?: (event: KeyboardEvent) => void;
}): TemplateResult {
  return html`<vscode-text-field
    id=${options.id}
    class=${options.invalid ? 'invalid' : ''}
    ${ref((field) => name(field, options.label))}
    title=${options.label}
    aria-invalid=${options.invalid ? 'true' : nothing}
    aria-describedby=${options.describedBy ?? nothing}
    placeholder=${options.placeholder}
    .value=${live(options.value)}
    @input=${(event: Event) => options.input((event.target as HTMLInputElement).value)}
    @keydown=${options.key ?? nothing}
    >${options.icon ? html`<span slot="start">${icon(options.icon)}</span>` : nothing}</vscode-text-field
  >`;
}

/** Names a text field once it is in the page: the toolkit calls each "Text field" when it gets there. */
function name(field: Element | undefined, label: string): void {
  queueMicrotask(() => field?.setAttribute('aria-label', label));
}

/** Puts the keyboard into a text field and selects what is in it. */
export function focusField(field: HTMLElement | null): void {
  field?.focus();
  field?.shadowRoot?.querySelector('input')?.select();
}

/** A small count or label. */
export function badge(text: string): TemplateResult {
  return html`<vscode-badge>${text}</vscode-badge>`;
}

/** A tick box with its label. */
export function checkbox(options: { label: string; checked: boolean; toggle: (checked: boolean) => void }): TemplateResult {
  return html`<vscode-checkbox
    .checked=${live(options.checked)}
    @change=${(event: Event) => options.toggle((event.target as HTMLInputElement).checked)}
    >${options.label}</vscode-checkbox
  >`;
}

/** Whether a key event comes from a control that needs its keys itself: a text field, or an open dropdown. */
export function takesTyping(event: KeyboardEvent): boolean {
  return event
    .composedPath()
    .some((node) => node instanceof HTMLElement && /^(input|textarea|select|vscode-text-field|vscode-dropdown)$/i.test(node.localName));
}

/** Whether Space or Enter on this event's target presses something. */
export function takesPress(event: KeyboardEvent): boolean {
  return event
    .composedPath()
    .some((node) => node instanceof HTMLElement && (/^(button|a|summary|vscode-button|vscode-checkbox)$/i.test(node.localName) || node.getAttribute('role') === 'tab'));
}
