import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../src/model/problem';
import type { TimelineStore } from '../state/timeline-store';
import { t } from '../strings';
import { badge, button, iconButton } from '../ui/controls';
import { icon, type IconName } from '../ui/icons';
import { sourceLink } from '../ui/problem-view';

/** What is shown: stream, category, store and reducer, on one line. */
export function header(store: TimelineStore): TemplateResult {
  const { info } = store;
  if (!info) return html``;
  const { reducer } = info;
  return html`<header class="head">
    <h1 title=${info.stream}>${icon('history')}<span>${info.stream}</span></h1>
    ${info.category === null ? nothing : badge(info.category)}
    <span class="head-fact" title=${`${info.store}\n${info.dialect}`}>${icon('database')}<span>${info.storeName}</span></span>
    <span class="head-fact head-reducer" title=${t('head.reducer', reducer.module ?? reducer.label)}>
      ${icon('symbol-method')}
      ${reducer.module === null
        ? html`<span>${reducer.label}</span>`
        : html`<button class="link" @click=${() => void store.run('editReducer')}>${reducer.label}</button>`}
    </span>
  </header>`;
}

/** What the person should know before reading the state: quiet when nothing is wrong, plain when something is. */
export function banners(store: TimelineStore): TemplateResult {
  const { info, untrusted, notices } = store;
  if (!info) return html``;
  const source = (place: { file: string; line: number; column: number }) => void store.openSource(place);
  const broken = info.reducer.problem;
  return html`
    ${untrusted
      ? banner('shield', 'warning', t('banner.untrusted'), button({ label: t('banner.trust'), press: () => void store.run('trustWorkspace') }))
      : broken
        ? banner(
            'error',
            'error',
            html`${broken.message} ${broken.next} ${sourceLink(broken, source)}`,
            button({ label: t('banner.editReducer'), secondary: true, press: () => void store.run('editReducer') }),
          )
        : info.reducer.kind === 'merge'
          ? banner('info', 'quiet', t('banner.merge'), button({ label: t('banner.setReducer'), secondary: true, press: () => void store.run('setReducer') }))
          : nothing}
    ${notices.map((notice) => noticeBanner(notice, store, source))}
  `;
}

function noticeBanner(notice: Problem, store: TimelineStore, source: Parameters<typeof sourceLink>[1]): TemplateResult {
  return banner(
    'warning',
    'warning',
    html`${notice.message} ${notice.next} ${sourceLink(notice, source)}`,
    iconButton({ icon: 'close', label: t('action.dismiss'), press: () => store.dismiss(notice) }),
  );
}

function banner(name: IconName, tone: 'quiet' | 'warning' | 'error', text: TemplateResult | string, action: TemplateResult): TemplateResult {
  return html`<div class="banner ${tone}" role=${tone === 'quiet' ? 'note' : 'status'}>
    ${icon(name)}<span class="banner-text">${text}</span>${action}
  </div>`;
}

