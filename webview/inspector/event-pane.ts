import { html, nothing, type TemplateResult } from 'lit';
import type { TimelineStore } from '../state/timeline-store';
import { t } from '../strings';
import { problemView } from '../ui/problem-view';
import { treeProblem } from './state-pane';
import '../ui/tree-view';

/** The event as it was read: what names it, its payload and its metadata. */
export function eventPane(store: TimelineStore): TemplateResult {
  const { view } = store;
  if (!view?.row) return html`<p class="quiet pad">${t('inspector.noEvent')}</p>`;
  const { row, event } = view;
  const facts: [string, string | null | undefined][] = [
    [t('event.type'), row.type],
    [t('event.version'), row.version],
    [t('event.time'), row.time],
    [t('event.id'), event?.id],
    [t('event.position'), event?.position],
    [t('event.place'), event?.place],
  ];
  return html`
    ${row.problem ? problemView(row.problem, (place) => void store.openSource(place)) : nothing}
    <dl class="facts">
      ${facts.map(([name, value]) => (value == null ? nothing : html`<div><dt>${name}</dt><dd title=${value}>${value}</dd></div>`))}
    </dl>
    ${section(store, 'data', t('event.payload'))} ${section(store, 'metadata', t('event.metadata'))}
  `;
}

/** The stored columns or fields behind the event, with their storage class. */
export function recordPane(store: TimelineStore): TemplateResult {
  const { view } = store;
  if (!view?.row) return html`<p class="quiet pad">${t('inspector.noEvent')}</p>`;
  return html`
    ${view.event ? html`<p class="quiet pad place">${view.event.place}</p>` : nothing} ${tree(store, 'record', t('record.label'))}
  `;
}

function section(store: TimelineStore, of: 'data' | 'metadata', title: string): TemplateResult {
  return html`<section class="part part-${of}">
    <h3 class="part-head">${title}</h3>
    ${tree(store, of, title)}
  </section>`;
}

function tree(store: TimelineStore, of: 'data' | 'metadata' | 'record', label: string): TemplateResult {
  return html`${treeProblem(store.trees[of])}<lf-tree
      class="fill"
      .model=${store.trees[of]}
      .label=${label}
      .rootName=${of}
      .copy=${(text: string | Promise<string>) => void store.copy(text)}
    ></lf-tree>`;
}
