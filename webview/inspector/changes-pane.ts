import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ValueView } from '../../src/protocol/shared';
import type { ChangeView } from '../../src/protocol/timeline';
import { CHANGES_PER_PAGE, hasMore, type OpenChange, type WholeText } from '../state/changes-model';
import { decimalDelta } from '../state/decimal';
import { pointerSegments } from '../state/pointer';
import { asProblem } from '../state/problems';
import type { TimelineStore } from '../state/timeline-store';
import { count, t } from '../strings';
import { button } from '../ui/controls';
import { icon } from '../ui/icons';
import { PlainElement } from '../ui/plain-element';
import { problemView } from '../ui/problem-view';
import { valueText } from '../ui/value';
import { Watch } from '../ui/watch';

const GLYPHS = { add: 'diff-added', remove: 'diff-removed', replace: 'diff-modified' } as const;

/** What the shown event did to the state: one line a change, opened to read long values. */
@customElement('lf-changes')
export class ChangesPane extends PlainElement {
  @property({ attribute: false }) store!: TimelineStore;
  protected readonly watch = new Watch(this, () => [this.store, this.store.changes]);

  protected override render(): TemplateResult {
    const { view, changes } = this.store;
    if (!view) return html``;
    if (view.step === 0) return html`<p class="quiet pad">${t('changes.initial')}</p>`;
    return html`
      ${view.problem ? problemView(view.problem, (place) => void this.store.openSource(place)) : nothing}
      ${changes.total === 0 && !view.problem ? html`<p class="quiet pad">${t('changes.none')}</p>` : this.list()}
    `;
  }

  private list(): TemplateResult | typeof nothing {
    const { changes } = this.store;
    if (changes.total === 0) return nothing;
    const rest = changes.total - changes.changes.length;
    return html`
      <ul class="changes" aria-label=${t('changes.list')}>
        ${changes.changes.map((change, index) => this.change(change, index))}
      </ul>
      ${rest > 0
        ? html`<div class="pad">
            ${button({
              label: changes.loading ? t('changes.loading') : t('changes.more', count(Math.min(rest, CHANGES_PER_PAGE)), count(rest)),
              secondary: true,
              disabled: changes.loading,
              press: () => void changes.more(),
            })}
          </div>`
        : nothing}
      ${changes.error ? problemView(asProblem(changes.error)) : nothing}
    `;
  }

  private change(change: ChangeView, index: number): TemplateResult {
    const { changes } = this.store;
    const opened = changes.open(index);
    const expandable = (change.old && hasMore(change.old)) || (change.new && hasMore(change.new));
    const line = html`
      <span class="glyph op-${change.op}">${icon(GLYPHS[change.op])}<span class="unseen">${t(`changes.${change.op}`)} </span></span>
      <span class="path" title=${change.path}>${path(change.path)}</span>
      <span class="values">${values(change)}</span>
    `;
    return html`<li class="change op-${change.op} ${opened ? 'opened' : ''}">
      ${expandable
        ? html`<button
            class="change-line"
            aria-expanded=${String(opened !== undefined)}
            title=${t(opened ? 'changes.collapse' : 'changes.expand')}
            @click=${() => void changes.toggle(index)}
          >
            ${line}<span class="twistie">${icon(opened ? 'chevron-down' : 'chevron-right')}</span>
          </button>`
        : html`<div class="change-line">${line}</div>`}
      ${opened ? wholeValues(change, opened) : nothing}
    </li>`;
  }
}

/** A pointer's segments, the last one plain and what leads to it quieter. */
function path(pointer: string): TemplateResult {
  const segments = pointerSegments(pointer);
  const leaf = segments.pop();
  if (leaf === undefined) return html`<span class="leaf">${t('changes.root')}</span>`;
  return html`${segments.map((segment) => html`<span class="ancestor">${segment}</span><span class="separator">›</span>`)}<span class="leaf">${leaf}</span>`;
}

function values({ op, old, new: after }: ChangeView): TemplateResult {
  const delta = old && after && isNumber(old) && isNumber(after) ? decimalDelta(old.text, after.text) : undefined;
  return html`${old && op !== 'add' ? valueText(old, 'old') : nothing}${op === 'replace'
    ? html`<span class="arrow" aria-hidden="true">→</span><span class="unseen"> → </span>`
    : nothing}${after && op !== 'remove' ? valueText(after, 'new') : nothing}${delta === undefined
    ? nothing
    : html`<span class="delta">${delta}</span>`}`;
}

function isNumber(value: ValueView): boolean {
  return (value.kind === 'number' || value.kind === 'bigint') && !value.cut;
}

function wholeValues(change: ChangeView, opened: OpenChange): TemplateResult {
  return html`<div class="whole-values">
    ${change.old ? whole(t('changes.before'), 'old', opened.old, change.old) : nothing}
    ${change.new ? whole(t('changes.after'), 'new', opened.new, change.new) : nothing}
    ${opened.error ? problemView(asProblem(opened.error)) : nothing}
  </div>`;
}

function whole(label: string, side: 'old' | 'new', text: WholeText | undefined, value: ValueView): TemplateResult {
  return html`<div class="whole-value ${side}">
    <h3>${label}</h3>
    <pre tabindex="0" aria-label=${label}>${text?.text ?? value.text}</pre>
    ${text?.cut ? html`<p class="quiet">${t('changes.cut')}</p>` : nothing}
  </div>`;
}
