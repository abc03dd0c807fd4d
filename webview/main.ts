import { Caller } from '../src/protocol/channel';
import type { StoreHostApi, TimelineHostApi } from '../src/protocol/page';
import { hostPort, type VsCodeApi } from './port';
import { StorePage } from './state/store-page';
import { TimelineStore } from './state/timeline-store';
import './store/store-view';
import { setStrings } from './strings';
import './timeline/timeline-page';

function showTimeline(api: VsCodeApi): void {
  const caller = new Caller<TimelineHostApi>(hostPort(api));
  const store = new TimelineStore(
    caller,
    { get: () => api.getState(), set: (state) => api.setState(state) },
    (start) => setStrings(start.strings),
  );
  const page = document.createElement('lf-timeline');
  page.store = store;
  caller.on('press', ({ button }) => page.press(button));
  document.body.append(page);
  void store.start();
}

function showStore(api: VsCodeApi): void {
  const store = new StorePage(new Caller<StoreHostApi>(hostPort(api)), setStrings);
  const page = document.createElement('lf-store');
  page.store = store;
  document.body.append(page);
  void store.start();
}

const api = acquireVsCodeApi();
if (document.body.dataset['page'] === 'store') showStore(api);
else showTimeline(api);
