import assert from 'node:assert/strict';
import { PlayClock, playDelay } from '../../../webview/state/play-clock';

describe('playing', () => {
  it('takes its pace from the speed', () => {
    assert.equal(playDelay(1, 1000, undefined), 1000);
    assert.equal(playDelay(0.5, 1000, undefined), 2000);
    assert.equal(playDelay(50, 1000, undefined), 20);
    assert.ok(playDelay(50, 100, undefined) >= 1000 / 60);
  });

  it('in original timing keeps short gaps and shortens long ones, longer staying longer', () => {
    const delays = [0, 300, 1000, 10_000, 3_600_000, 86_400_000 * 365].map((gap) => playDelay('original', 1000, gap));
    assert.deepEqual(delays.slice(0, 4), [30, 300, 1000, 1500]);
    assert.ok(delays[4]! < 3000 && delays[4]! > delays[3]!);
    assert.equal(delays[5], 3000);
    assert.equal(playDelay('original', 700, undefined), 700);
  });

  it('waits for what it asked for before it goes on', () => {
    let step = 0;
    let shown = true;
    let tick: (() => void) | undefined;
    const timers = { set: (callback: () => void) => ((tick = callback), 1), clear: () => (tick = undefined) };
    const clock = new PlayClock(() => 10, () => shown, () => ++step < 3, timers);
    clock.start();
    shown = false;
    tick?.();
    assert.equal(step, 0);
    shown = true;
    clock.shown();
    assert.equal(step, 1);
    tick?.();
    tick?.();
    assert.equal(step, 3);
    assert.equal(clock.playing, false);
  });
});
