import { ExactNumber } from '../../../../src/model/exact-number';
import type { Problem } from '../../../../src/model/problem';

/** A stream made up by rule: every event and state is known without keeping any. */
export interface FakeStream {
  name: string;
  category: string;
  length: number;
  types: string[];
  version(step: number): string;
  type(step: number): string;
  time(step: number): string | null;
  data(step: number): unknown;
  state(step: number): unknown;
  problem(step: number): Problem | null;
}

const START = Date.UTC(2026, 2, 1, 8, 0, 0);
const CART_TYPES = ['ProductItemAddedToShoppingCart', 'ProductItemRemovedFromShoppingCart', 'DiscountApplied', 'NoteChanged'];
const SKUS = ['apron', 'bowl-24', 'café ☕', 'desk lamp', 'espresso-cups/6'];
const FAILING = 200;

interface Cart {
  status: string;
  items: { sku: string; quantity: number; price: ExactNumber }[];
  total: ExactNumber;
  discounts: Record<string, number>;
  note: string | null;
}

const cents = (amount: number) => ExactNumber.of((amount / 100).toFixed(2));

/** 340 events of a cart; event 200 cannot be folded. Versions are the steps. */
export function cart(): FakeStream {
  const states: Cart[] = [{ status: 'empty', items: [], total: cents(0), discounts: {}, note: null }];
  const events: { type: string; data: Record<string, unknown> }[] = [];
  for (let step = 1; step <= 340; step++) {
    const before = states[step - 1]!;
    const event = cartEvent(step, before);
    events.push(event);
    states.push(step === FAILING ? before : cartAfter(before, event, step));
  }
  return {
    name: 'shopping_cart:2b8ff9f6-7f7e-4d2b-9b43-1d9b3c6b8a51',
    category: 'shopping_cart',
    length: 340,
    types: CART_TYPES,
    version: (step) => String(step),
    type: (step) => events[step - 1]!.type,
    time: (step) => new Date(START + step * 47_313 + (step > 100 ? 86_400_000 : 0)).toISOString(),
    data: (step) => events[step - 1]!.data,
    state: (step) => states[step],
    problem: (step) => (step === FAILING ? reducerThrew(step) : null),
  };
}

function cartEvent(step: number, before: Cart): { type: string; data: Record<string, unknown> } {
  const sku = SKUS[(step * 7) % SKUS.length]!;
  if (step % 11 === 0) return { type: 'NoteChanged', data: { note: `Ring twice. ${'Please leave it with the neighbour. '.repeat(step % 3 === 0 ? 9 : 1)}`.trim() } };
  if (step % 7 === 0) return { type: 'DiscountApplied', data: { code: `SPRING-${step}`, percent: 5 + (step % 4) } };
  if (step % 5 === 0 && before.items.length > 1) return { type: CART_TYPES[1]!, data: { sku: before.items[0]!.sku, quantity: 1 } };
  return { type: CART_TYPES[0]!, data: { sku, quantity: 1 + (step % 3), price: cents(1250 + (step % 9) * 105) } };
}

function cartAfter(cart: Cart, { type, data }: { type: string; data: Record<string, unknown> }, step: number): Cart {
  const total = (amount: number) => cents(Math.round(Number(cart.total) * 100) + amount);
  if (type === 'NoteChanged') return { ...cart, note: data['note'] as string };
  if (type === 'DiscountApplied') return { ...cart, discounts: { ...cart.discounts, [data['code'] as string]: data['percent'] as number } };
  if (type === CART_TYPES[1]) return { ...cart, items: cart.items.slice(1), total: total(-Math.round(Number(cart.items[0]!.price) * 100)) };
  const price = data['price'] as ExactNumber;
  const item = { sku: `${data['sku'] as string}`, quantity: data['quantity'] as number, price };
  return { ...cart, status: 'open', items: [...cart.items, item].slice(-8), total: total(Math.round(Number(price) * 100) * (step % 3 === 0 ? 2 : 1)) };
}

function reducerThrew(step: number): Problem {
  return {
    code: 'reducer-threw',
    message: `The reducer threw at version ${step}: Cannot read properties of undefined (reading 'price').`,
    next: 'Fix the reducer; the timeline starts again when it is saved.',
    where: { file: '/shop/reducers/cart.ts', line: 41, column: 17, version: String(step) },
    exit: 3,
  };
}

/** A million events; versions count from 0. */
export function million(length = 1_000_000): FakeStream {
  return {
    name: 'account-1',
    category: 'account',
    length,
    types: ['Deposited', 'Withdrawn'],
    version: (step) => String(step - 1),
    type: (step) => (step % 2 === 0 ? 'Withdrawn' : 'Deposited'),
    time: (step) => new Date(START + step * 1000).toISOString(),
    data: (step) => ({ amount: step % 100, currency: 'EUR' }),
    state: (step) => ({ balance: (step % 2) * (step % 100), movements: step, days: { [`day-${step % 3}`]: step } }),
    problem: () => null,
  };
}

/** Twenty events on a state of 50,000 customers; the 10th changes 450 of them. */
export function huge(): FakeStream {
  const states = new Map<number, unknown>();
  const changedAt = (step: number, index: number) => (step >= 10 && index < 450 ? step : index === step ? 1 : 0);
  return {
    ...million(20),
    name: 'registry-1',
    category: 'registry',
    state: (step) => {
      const known = states.get(step);
      if (known) return known;
      const customers = Array.from({ length: 50_000 }, (_, i) => [`customer-${i}`, { visits: changedAt(step, i) }]);
      const made = { customers: Object.fromEntries(customers) as object };
      states.set(step, made);
      return made;
    },
  };
}

/** A stream without events. */
export function empty(): FakeStream {
  return { ...million(0), name: 'account-0' };
}
