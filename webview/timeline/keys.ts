import { TABS, type TimelineStore } from '../state/timeline-store';
import { takesPress, takesTyping } from '../ui/controls';

/** What the keys need of the page besides its store. */
export interface KeyTargets {
  pageSize(): number;
  jump(): void;
  help(): void;
}

/**
 * Does what a key means wherever the keyboard is on the page; trees, tabs and text fields take theirs first.
 * @returns whether the key meant something
 */
export function handleKey(event: KeyboardEvent, store: TimelineStore, targets: KeyTargets): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || takesTyping(event)) return false;
  if ((event.key === ' ' || event.key === 'Enter') && takesPress(event)) return false;
  if (store.status !== 'ready') return false;
  switch (event.key) {
    case 'ArrowRight':
    case 'ArrowDown': store.move(1); return true;
    case 'ArrowLeft':
    case 'ArrowUp': store.move(-1); return true;
    case 'PageDown': store.move(targets.pageSize()); return true;
    case 'PageUp': store.move(-targets.pageSize()); return true;
    case 'Home': store.move(-store.length); return true;
    case 'End': store.move(store.length); return true;
    case ' ': store.togglePlay(); return true;
    case 'g': targets.jump(); return true;
    case 'd': void store.run('comparePrevious'); return true;
    case '?': targets.help(); return true;
    default: return tabKey(event.key, store);
  }
}

function tabKey(key: string, store: TimelineStore): boolean {
  const tab = /^[1-4]$/.test(key) ? TABS[Number(key) - 1] : undefined;
  if (tab) store.setTab(tab);
  return tab !== undefined;
}
