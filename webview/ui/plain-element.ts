import { LitElement } from 'lit';

/** An element without a shadow tree, so that the page's one style sheet and ARIA references reach into it. */
export class PlainElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
