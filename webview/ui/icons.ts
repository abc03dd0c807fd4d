import { html, type TemplateResult } from 'lit';

/** The codicons the pages use. */
export type IconName =
  | 'chevron-down' | 'chevron-right' | 'circle-filled' | 'close' | 'collapse-all' | 'copy' | 'database' | 'debug-continue'
  | 'debug-pause' | 'debug-restart' | 'debug-reverse-continue' | 'debug-start' | 'debug-step-back' | 'debug-step-over'
  | 'diff-added' | 'diff-modified' | 'diff-removed' | 'diff-sidebyside' | 'error' | 'export' | 'file-code' | 'go-to-file' | 'history'
  | 'info' | 'json' | 'keyboard' | 'layout-sidebar-left' | 'link' | 'list-filter' | 'search' | 'shield' | 'symbol-method' | 'table'
  | 'target' | 'warning';

/** A codicon, which is drawn by the font and says nothing to a screen reader. */
export function icon(name: IconName, extra = ''): TemplateResult {
  return html`<span class="codicon codicon-${name} ${extra}" aria-hidden="true"></span>`;
}
