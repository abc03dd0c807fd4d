import { html, nothing, type TemplateResult } from 'lit';
import type { ValueView } from '../../src/protocol/shared';

/** A value on one line, coloured by its kind as VS Code's debugger colours it. */
export function valueText(value: ValueView, extra = ''): TemplateResult {
  return html`<span class="value kind-${value.kind} ${extra}">${value.text}${cutMark(value)}</span>`;
}

function cutMark(value: ValueView): string | typeof nothing {
  return value.cut && !value.text.endsWith('…') ? '…' : nothing;
}
