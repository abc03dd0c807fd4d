import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../src/model/problem';
import { t } from '../strings';
import { icon } from './icons';

type OpenSource = (place: { file: string; line: number; column: number }) => void;

/** What went wrong, what to do, and a link to the place in a source file. */
export function problemView(problem: Problem, openSource?: OpenSource, actions: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<div class="problem" role="group">
    ${icon('error', 'problem-icon')}
    <div class="problem-text">
      <p class="problem-message">${problem.message}</p>
      <p class="problem-next">${problem.next} ${openSource ? sourceLink(problem, openSource) : nothing}</p>
      ${problem.details && problem.details.length > 0
        ? html`<details>
            <summary>${t('problem.details')}</summary>
            <pre class="problem-details">${problem.details.join('\n')}</pre>
          </details>`
        : nothing}
      ${actions === nothing ? nothing : html`<div class="problem-actions">${actions}</div>`}
    </div>
  </div>`;
}

/** `reducer.ts:12:5` as a link that opens the file there; nothing when the place has no line. */
export function sourceLink({ where }: Problem, openSource: OpenSource): TemplateResult | typeof nothing {
  const { file, line, column = 1 } = where;
  if (file === undefined || line === undefined) return nothing;
  return html`<button class="link" title=${file} @click=${() => openSource({ file, line, column })}>
    ${fileName(file)}:${line}${where.column === undefined ? '' : `:${column}`}
  </button>`;
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
