import { html, nothing, type TemplateResult } from 'lit';
import { asProblem } from '../state/problems';
import type { TimelineStore } from '../state/timeline-store';
import type { TreeModel } from '../state/tree-model';
import { t } from '../strings';
import { iconButton } from '../ui/controls';
import { problemView } from '../ui/problem-view';
import '../ui/tree-view';

/** The whole state as a tree, with what the shown event changed marked. */
export function statePane(store: TimelineStore): TemplateResult {
  const { state } = store.trees;
  return html`
    ${store.view?.problem ? problemView(store.view.problem, (place) => void store.openSource(place)) : nothing}
    ${treeProblem(state)}
    <lf-tree
      class="fill"
      .model=${state}
      .label=${t('state.label')}
      .rootName=${'state'}
      .copy=${(text: string | Promise<string>) => void store.copy(text)}
    ></lf-tree>
  `;
}

/** The tools of the state tree, shown at the right of the tabs. */
export function stateTools(store: TimelineStore): TemplateResult {
  const { state } = store.trees;
  return html`
    ${iconButton({
      id: 'changed-only',
      icon: 'list-filter',
      label: t('state.changedOnly'),
      pressed: state.changedOnly,
      press: () => store.setChangedOnly(!state.changedOnly),
    })}
    ${iconButton({ id: 'collapse-all', icon: 'collapse-all', label: t('state.collapseAll'), press: () => state.collapseAll() })}
  `;
}

/** Why a tree could not be fetched, if so. */
export function treeProblem(model: TreeModel): TemplateResult | typeof nothing {
  return model.error ? problemView(asProblem(model.error)) : nothing;
}
