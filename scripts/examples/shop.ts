import { Random } from './random';
import { people, products } from './names';
import { Warehouse } from './warehouse';

/** What one command appended to a stream. */
export interface Append {
  /** ISO 8601 UTC; whole seconds, which is what the store keeps. */
  time: string;
  stream: string;
  events: { type: string; data: Record<string, unknown>; metadata: Record<string, unknown> }[];
}

interface Line {
  sku: string;
  name: string;
  quantity: number;
  unitPrice: number;
}

interface Discount {
  discountId: string;
  code: string;
  percent: number;
}

/** The order with the bug in its story; see examples/README.md. */
const brokenOrder = 1087;
const firstOrder = 1001;
const orders = 130;
const minute = 60_000;
const hour = 60 * minute;
const round = (euros: number) => Math.round(euros * 100) / 100;

/** Three weeks of a shop: carts, the orders they became, and the stock of what was sold. Sorted by time. */
export function shopStory(): Append[] {
  const random = new Random(20260202);
  const appends: Append[] = [];
  const warehouse = new Warehouse(random, appends);
  const opening = Date.parse('2026-02-02T07:30:00Z');
  warehouse.open(opening);
  let now = opening + hour;
  for (let order = firstOrder, cart = 5001; order < firstOrder + orders; cart++) {
    now += random.int(60, 620) * 30_000;
    const checkedOut = order === brokenOrder || random.chance(0.72);
    const session = shopping(random, appends, cart, checkedOut ? order : undefined, now);
    if (!checkedOut) continue;
    ordering(random, appends, warehouse, order, session);
    order++;
  }
  return appends.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

interface Session {
  cart: string;
  customer: { id: string; name: string; country: string };
  lines: Line[];
  discounts: Discount[];
  time: number;
  correlationId: string;
}

function record(appends: Append[], time: number, stream: string, metadata: Record<string, unknown>, ...events: [string, Record<string, unknown>][]): void {
  const text = new Date(Math.floor(time / 1000) * 1000).toISOString();
  appends.push({ time: text, stream, events: events.map(([type, data]) => ({ type, data, metadata })) });
}

/** Somebody fills a cart; with an order number it ends at the checkout, without it is left behind. */
function shopping(random: Random, appends: Append[], number: number, order: number | undefined, start: number): Session {
  const cart = `c${number}`;
  const stream = `shopping_cart-${cart}`;
  const customer = random.pick(people);
  const correlationId = random.uuid();
  const metadata = { userId: customer.id, correlationId };
  let time = start;
  record(appends, time, stream, metadata, ['ShoppingCartOpened', { cartId: cart, customerId: customer.id }]);
  const lines = new Map<string, Line>();
  for (let item = random.int(1, 4); item > 0; item--) {
    time += random.int(20, 400) * 1000;
    const product = random.pick(products);
    const quantity = random.chance(0.75) ? 1 : random.int(2, 4);
    const line = lines.get(product.sku) ?? { sku: product.sku, name: product.name, quantity: 0, unitPrice: product.price };
    lines.set(product.sku, { ...line, quantity: line.quantity + quantity });
    record(appends, time, stream, metadata, ['ProductAdded', { sku: product.sku, name: product.name, quantity, unitPrice: product.price }]);
  }
  if (lines.size > 1 && random.chance(0.3)) {
    const [sku, line] = random.pick([...lines]);
    time += random.int(10, 90) * 1000;
    lines.delete(sku);
    record(appends, time, stream, metadata, ['ProductRemoved', { sku, quantity: line.quantity }]);
  }
  const discounts: Discount[] = [];
  if (order === brokenOrder || random.chance(0.25)) {
    const voucher = { code: random.pick(['WELCOME10', 'SPRING15', 'FRIENDS5']) };
    const percent = Number(/\d+$/.exec(voucher.code)?.[0]);
    time += random.int(10, 60) * 1000;
    discounts.push({ discountId: random.uuid(), code: voucher.code, percent });
    record(appends, time, stream, metadata, ['VoucherEntered', { ...voucher, percent }]);
  }
  // Two discounts on one order are nothing unusual in this shop.
  if (order !== brokenOrder && order !== undefined && random.chance(0.08)) {
    discounts.push({ discountId: random.uuid(), code: 'LOYALTY', percent: 3 });
  }
  time += random.int(30, 300) * 1000;
  if (order === undefined) record(appends, time + 26 * hour, stream, { correlationId }, ['ShoppingCartAbandoned', { afterHours: 26 }]);
  else record(appends, time, stream, metadata, ['ShoppingCartCheckedOut', { orderId: `order-${order}` }]);
  return { cart, customer, lines: [...lines.values()], discounts, time, correlationId };
}

/** An order from its placing to its delivery, its cancellation, or today. */
function ordering(random: Random, appends: Append[], warehouse: Warehouse, number: number, session: Session): void {
  const stream = `order-${number}`;
  const { customer, lines, correlationId } = session;
  const metadata = (by: string, extra: Record<string, unknown> = {}) => ({ userId: by, correlationId, ...extra });
  const add = (by: string, type: string, data: Record<string, unknown>, extra?: Record<string, unknown>) =>
    record(appends, time, stream, metadata(by, extra), [type, data]);
  let time = session.time + 1000;
  let total = round(lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0));
  add(customer.id, 'OrderPlaced', { orderId: stream, cartId: session.cart, customer, lines, total });
  warehouse.reserve(stream, lines, time, correlationId);
  for (const discount of session.discounts) {
    time += 1000;
    const commandId = random.uuid();
    total = round(total * (1 - discount.percent / 100));
    add('pricing', 'DiscountApplied', { ...discount }, { causationId: commandId, attempt: 1 });
    if (number !== brokenOrder) continue;
    // The first attempt was written, but its answer came too late: the command was sent again.
    time += 30_000;
    total = round(total * (1 - discount.percent / 100));
    add('pricing', 'DiscountApplied', { ...discount }, { causationId: commandId, attempt: 2 });
  }
  time += 2000;
  const method = random.pick(['card', 'card', 'paypal', 'invoice']);
  add('billing', 'PaymentRequested', { amount: total, currency: 'EUR', method });
  if (number !== brokenOrder && random.chance(0.12)) {
    time += random.int(5, 40) * 1000;
    add('billing', 'PaymentFailed', { reason: random.pick(['insufficient funds', 'card expired', '3-D Secure failed']) });
    if (random.chance(0.5)) {
      time += 24 * hour;
      add('billing', 'OrderCancelled', { reason: 'not paid' });
      return warehouse.release(stream, lines, time, correlationId);
    }
    time += random.int(2, 40) * minute;
    add('billing', 'PaymentRequested', { amount: total, currency: 'EUR', method: 'card' });
  }
  time += random.int(3, 50) * 1000;
  add('billing', 'PaymentReceived', { amount: total, currency: 'EUR', reference: `PAY-${random.int(100000, 999999)}` });
  time += random.int(3, 30) * hour;
  add('warehouse', 'OrderPacked', { parcels: lines.length > 2 ? 2 : 1 });
  time += random.int(1, 5) * hour;
  add('warehouse', 'OrderShipped', { carrier: random.pick(['DHL', 'DPD', 'GLS']), tracking: `00340${random.int(100000000, 999999999)}` });
  warehouse.dispatch(stream, lines, time, correlationId);
  if (number > firstOrder + orders - 6) return;
  time += random.int(20, 80) * hour;
  add('carrier', 'OrderDelivered', { signedBy: customer.name });
  if (number === brokenOrder || !random.chance(0.06)) return;
  time += random.int(24, 200) * hour;
  const line = random.pick(lines);
  const share = round((total * line.unitPrice * line.quantity) / lines.reduce((sum, each) => sum + each.quantity * each.unitPrice, 0));
  add('service', 'ItemReturned', { sku: line.sku, quantity: line.quantity, reason: random.pick(['wrong size', 'damaged', 'changed mind']) });
  time += 2 * hour;
  add('billing', 'RefundIssued', { amount: share, currency: 'EUR' });
}
