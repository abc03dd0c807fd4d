import { products } from './names';
import type { Random } from './random';
import type { Append } from './shop';

interface Item {
  available: number;
  reserved: number;
}

interface Taken {
  sku: string;
  quantity: number;
}

/** Keeps the stock of the shop's products and writes what happens to it. */
export class Warehouse {
  private readonly items = new Map<string, Item>();

  constructor(
    private readonly random: Random,
    private readonly appends: Append[],
  ) {}

  /** Puts every product on the shelf for the first time. */
  open(time: number): void {
    for (const { sku, name } of products) {
      const quantity = this.random.int(20, 60);
      this.items.set(sku, { available: quantity, reserved: 0 });
      this.write(time, sku, undefined, [
        ['ItemListed', { sku, name, reorderAt: 8 }],
        ['StockReceived', { quantity, batch: this.batch() }],
      ]);
    }
  }

  reserve(order: string, lines: Taken[], time: number, correlationId: string): void {
    for (const { sku, quantity } of lines) {
      const item = this.item(sku);
      if (item.available < quantity + 8) {
        const received = this.random.int(20, 50);
        item.available += received;
        this.write(time - 3_600_000, sku, undefined, [['StockReceived', { quantity: received, batch: this.batch() }]]);
      }
      item.available -= quantity;
      item.reserved += quantity;
      this.write(time + 1000, sku, correlationId, [['StockReserved', { orderId: order, quantity }]]);
    }
  }

  release(order: string, lines: Taken[], time: number, correlationId: string): void {
    for (const { sku, quantity } of lines) {
      const item = this.item(sku);
      item.available += quantity;
      item.reserved -= quantity;
      this.write(time + 1000, sku, correlationId, [['ReservationReleased', { orderId: order, quantity }]]);
    }
  }

  dispatch(order: string, lines: Taken[], time: number, correlationId: string): void {
    for (const { sku, quantity } of lines) {
      this.item(sku).reserved -= quantity;
      this.write(time + 1000, sku, correlationId, [['StockDispatched', { orderId: order, quantity }]]);
    }
  }

  private write(time: number, sku: string, correlationId: string | undefined, events: [string, Record<string, unknown>][]): void {
    const metadata = { userId: 'warehouse', ...(correlationId ? { correlationId } : {}) };
    this.appends.push({
      time: new Date(Math.floor(time / 1000) * 1000).toISOString(),
      stream: `stock-${sku}`,
      events: events.map(([type, data]) => ({ type, data, metadata })),
    });
  }

  private item(sku: string): Item {
    const item = this.items.get(sku);
    if (!item) throw new Error(`No product ${sku}`);
    return item;
  }

  private batch(): string {
    return `B-${this.random.int(10000, 99999)}`;
  }
}
