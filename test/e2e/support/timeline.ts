import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { until } from './until';
import type { Window } from './window';

/** A change as a person reads it in the page. */
export interface ShownChange {
  path: string;
  op: string;
  old: string | undefined;
  new: string | undefined;
}

/** The timeline page of one stream, in the editor area of a window. */
export class Timeline {
  private constructor(
    readonly window: Window,
    readonly frame: Frame,
    readonly stream: string,
  ) {}

  /** The timeline of a stream once it is on the screen and has its events. */
  static async of(window: Window, stream: string): Promise<Timeline> {
    const list = `[role=listbox][aria-label="Events of ${stream}"]`;
    const frame = await window.frameWith(`${list} [role=option][aria-selected=true]`);
    return new Timeline(window, frame, stream);
  }

  /** Presses keys one after the other with the keyboard in the list of events. */
  async press(...keys: string[]): Promise<void> {
    await this.list.focus();
    for (const key of keys) await this.frame.page().keyboard.press(key);
  }

  get list(): Locator {
    return this.frame.getByRole('listbox', { name: `Events of ${this.stream}` });
  }

  /** The event's row in the list, by its stored version. */
  event(version: string): Locator {
    return this.list.getByRole('option').filter({ has: this.frame.locator('.col-version', { hasText: new RegExp(`^${version}$`) }) });
  }

  /** Waits until this version is the one shown, in the list and beside it: "start", or a stored version. */
  async shows(version: string): Promise<void> {
    const shown = async () => {
      const selected = await this.list.locator('[aria-selected=true] .col-version').first().innerText().catch(() => '');
      const inspected = await this.frame.locator('.inspector-head h2').innerText().catch(() => '');
      return { selected: selected.trim(), inspected: inspected.split(/\s/)[0] ?? '' };
    };
    const wanted = version === 'start' ? 'Initial' : `v${version}`;
    let last = { selected: '', inspected: '' };
    await until(
      async () => {
        last = await shown();
        return last.selected === version && last.inspected === wanted ? true : undefined;
      },
      `version ${version} of ${this.stream}`,
    ).catch((error: Error) => assert.fail(`${error.message} It shows ${JSON.stringify(last)}.`));
    await this.frame.locator('#panel[aria-busy=false]').waitFor();
  }

  /** What the shown event changed, as listed under "Changes". */
  async changes(): Promise<ShownChange[]> {
    await this.openTab('Changes');
    const changes: ShownChange[] = [];
    for (const line of await this.frame.locator('ul.changes > li').all()) {
      const text = async (selector: string) => {
        const part = line.locator(selector);
        return (await part.count()) > 0 ? (await part.first().innerText()).trim() : undefined;
      };
      changes.push({
        path: (await line.locator('.path').getAttribute('title')) ?? '',
        op: (await line.getAttribute('class'))?.match(/op-(\w+)/)?.[1] ?? '',
        old: await text('.values .old'),
        new: await text('.values .new'),
      });
    }
    return changes;
  }

  async openTab(name: 'Changes' | 'State' | 'Event' | 'Record'): Promise<void> {
    const tab = this.frame.getByRole('tab', { name: new RegExp(`^${name}`) });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.frame.locator('#panel[aria-busy=false]').waitFor();
  }

  /** Waits until the open tab shows the text. */
  async tells(text: RegExp): Promise<void> {
    let last = '';
    await until(
      async () => {
        last = await this.frame.locator('#panel').innerText();
        return text.test(last) || undefined;
      },
      `${String(text)} in the inspector`,
    ).catch((error: Error) => assert.fail(`${error.message} It shows ${last}`));
  }

  /** The same timeline after its tab was hidden, which gives it a new page. */
  again(): Promise<Timeline> {
    return Timeline.of(this.window, this.stream);
  }

  button(name: RegExp): Locator {
    return this.frame.getByRole('button', { name });
  }
}
