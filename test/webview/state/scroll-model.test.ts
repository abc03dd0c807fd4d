import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScrollModel } from '../../../webview/ui/scroll-model';

const HEIGHT = 22_000_000;
const VIEWPORT = 500;

function tall(): ScrollModel {
  const scroll = new ScrollModel();
  scroll.resize(HEIGHT, VIEWPORT);
  return scroll;
}

describe('scrolling a list taller than a browser lays out', () => {
  it('is plain scrolling while it fits', () => {
    const scroll = new ScrollModel();
    scroll.resize(10_000, VIEWPORT);
    assert.equal(scroll.layoutHeight, 10_000);
    scroll.scrolledTo(1234);
    assert.equal(scroll.top, 1234);
    assert.equal(scroll.scrollTop, 1234);
  });

  it('reaches both ends by dragging the bar', () => {
    const scroll = tall();
    scroll.scrolledTo(scroll.layoutHeight - VIEWPORT);
    assert.equal(scroll.top, HEIGHT - VIEWPORT);
    scroll.scrolledTo(0);
    assert.equal(scroll.top, 0);
  });

  it('moves pixel by pixel with the wheel', () => {
    const scroll = tall();
    scroll.moveTo(11_000_000);
    const bar = scroll.scrollTop;
    scroll.scrolledTo(bar + 100);
    assert.equal(Math.round(scroll.top), 11_000_100);
  });

  it('asks for the bar to be moved back when it meets its end before the list', () => {
    const scroll = tall();
    scroll.moveTo(1000);
    assert.equal(scroll.scrolledTo(0), true);
    assert.ok(scroll.top > 0);
  });

  it('stays inside the list whatever is scrolled', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 6_000_000 }), { maxLength: 40 }), (places) => {
        const scroll = tall();
        for (const place of places) {
          if (scroll.scrolledTo(Math.min(place, scroll.layoutHeight - VIEWPORT))) scroll.settled(scroll.scrollTop);
          assert.ok(scroll.top >= 0 && scroll.top <= HEIGHT - VIEWPORT);
        }
      }),
    );
  });
});
