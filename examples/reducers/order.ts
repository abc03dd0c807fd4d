// The state of an order, as the shop itself derives it: an initial state and `evolve`.

interface Line {
  sku: string;
  name: string;
  quantity: number;
  unitPrice: number;
}

interface Order {
  status: 'none' | 'placed' | 'paid' | 'packed' | 'shipped' | 'delivered' | 'cancelled';
  customer: { id: string; name: string; country: string } | null;
  lines: Line[];
  discounts: { code: string; percent: number }[];
  total: number;
  paid: number;
  refunded: number;
  tracking: string | null;
}

type OrderEvent =
  | { type: 'OrderPlaced'; data: { customer: Order['customer']; lines: Line[]; total: number } }
  | { type: 'DiscountApplied'; data: { discountId: string; code: string; percent: number } }
  | { type: 'PaymentRequested'; data: { amount: number; method: string } }
  | { type: 'PaymentFailed'; data: { reason: string } }
  | { type: 'PaymentReceived'; data: { amount: number } }
  | { type: 'OrderPacked'; data: { parcels: number } }
  | { type: 'OrderShipped'; data: { carrier: string; tracking: string } }
  | { type: 'OrderDelivered'; data: { signedBy: string } }
  | { type: 'OrderCancelled'; data: { reason: string } }
  | { type: 'ItemReturned'; data: { sku: string; quantity: number } }
  | { type: 'RefundIssued'; data: { amount: number } };

export const initialState: Order = {
  status: 'none',
  customer: null,
  lines: [],
  discounts: [],
  total: 0,
  paid: 0,
  refunded: 0,
  tracking: null,
};

const cents = (euros: number): number => Math.round(euros * 100) / 100;

export function evolve(state: Order, event: OrderEvent): Order {
  switch (event.type) {
    case 'OrderPlaced': {
      const { customer, lines, total } = event.data;
      return { ...state, status: 'placed', customer, lines, total };
    }
    case 'DiscountApplied': {
      const { code, percent } = event.data;
      return {
        ...state,
        discounts: [...state.discounts, { code, percent }],
        total: cents(state.total * (1 - percent / 100)),
      };
    }
    case 'PaymentReceived':
      return { ...state, status: 'paid', paid: cents(state.paid + event.data.amount) };
    case 'OrderPacked':
      return { ...state, status: 'packed' };
    case 'OrderShipped':
      return { ...state, status: 'shipped', tracking: `${event.data.carrier} ${event.data.tracking}` };
    case 'OrderDelivered':
      return { ...state, status: 'delivered' };
    case 'OrderCancelled':
      return { ...state, status: 'cancelled' };
    case 'ItemReturned':
      return {
        ...state,
        lines: state.lines
          .map((line) => (line.sku === event.data.sku ? { ...line, quantity: line.quantity - event.data.quantity } : line))
          .filter((line) => line.quantity > 0),
      };
    case 'RefundIssued':
      return { ...state, refunded: cents(state.refunded + event.data.amount) };
    default:
      return state;
  }
}
