import fastJsonPatch from 'fast-json-patch';
import * as jsondiffpatch from 'jsondiffpatch';
import microdiff from 'microdiff';
import { diff } from '../../src/diff/diff';
import { race } from './measure';
import type { Row } from './table';

interface Line {
  sku: string;
  name: string;
  quantity: number;
  price: { amount: number; currency: string };
}

/** A state of 1,000 keys, each a small object. */
function wide(): Record<string, Line> {
  return Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`line-${i}`, line(i)]));
}

function line(i: number): Line {
  return { sku: `sku-${i}`, name: `Article number ${i}`, quantity: i % 7, price: { amount: i * 1.25, currency: 'EUR' } };
}

function deep(depth: number, leaf: number): unknown {
  let state: unknown = { leaf, of: 'the tree' };
  for (let i = 0; i < depth; i++) state = { level: i, name: `level ${i}`, below: state, beside: [1, 2, 3] };
  return state;
}

/** The pairs of states: what a reducer makes of a cart, with and without sharing what did not change. */
function cases(): Record<string, [unknown, unknown]> {
  const state = wide();
  const shared = { ...state, 'line-500': { ...state['line-500']!, quantity: 99 } };
  const list = Array.from({ length: 200 }, (_, i) => line(i));
  return {
    'one change in 1,000 keys, nothing shared': [state, structuredClone(shared)],
    'one change in 1,000 keys, the rest shared': [state, shared],
    'insert at the front of 200 elements, nothing shared': [{ list }, structuredClone({ list: [line(-1), ...list] })],
    'insert at the front of 200 elements, the rest shared': [{ list }, { list: [line(-1), ...list] }],
    'one change 60 levels deep': [deep(60, 1), deep(60, 2)],
    'small state, three changes': [
      { id: 'cart-1', lines: [line(1), line(2)], total: 10, status: 'open' },
      { id: 'cart-1', lines: [line(1), { ...line(2), quantity: 5 }], total: 12, status: 'closed' },
    ],
  };
}

export function benchDiff(): Row[] {
  const withIdentity = jsondiffpatch.create({ objectHash: (item) => (item as { sku?: string }).sku, textDiff: { minLength: Infinity } as never });
  return Object.entries(cases()).map(([name, [before, after]]) => {
    const { leftfold, ...peers } = race({
      leftfold: () => diff(before, after),
      jsondiffpatch: () => withIdentity.diff(before, after),
      microdiff: () => microdiff(before as object, after as object),
      'fast-json-patch': () => fastJsonPatch.compare(before as object, after as object),
    });
    const [best, time] = Object.entries(peers).sort(([, a], [, b]) => a - b)[0]!;
    return { what: `Difference: ${name}`, value: leftfold!, unit: 'ms' as const, beside: best, floor: time, target: { ratio: 1 } };
  });
}
