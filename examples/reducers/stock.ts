// The stock of one product. The initial state is a function here, which gives a fresh one for every fold.

interface Stock {
  name: string;
  available: number;
  /** Who waits for how many. */
  reserved: Record<string, number>;
  reorder: boolean;
  reorderAt: number;
}

type StockEvent =
  | { type: 'ItemListed'; data: { name: string; reorderAt: number } }
  | { type: 'StockReceived'; data: { quantity: number } }
  | { type: 'StockReserved' | 'ReservationReleased' | 'StockDispatched'; data: { orderId: string; quantity: number } };

export const initialState = (): Stock => ({ name: '', available: 0, reserved: {}, reorder: false, reorderAt: 0 });

export function evolve(state: Stock, event: StockEvent): Stock {
  const next = apply(state, event);
  return { ...next, reorder: next.available <= next.reorderAt };
}

function apply(state: Stock, event: StockEvent): Stock {
  switch (event.type) {
    case 'ItemListed':
      return { ...state, name: event.data.name, reorderAt: event.data.reorderAt };
    case 'StockReceived':
      return { ...state, available: state.available + event.data.quantity };
    case 'StockReserved': {
      const { orderId, quantity } = event.data;
      return { ...state, available: state.available - quantity, reserved: { ...state.reserved, [orderId]: quantity } };
    }
    case 'ReservationReleased':
      return { ...without(state, event.data.orderId), available: state.available + event.data.quantity };
    case 'StockDispatched':
      return without(state, event.data.orderId);
    default:
      return state;
  }
}

function without(state: Stock, orderId: string): Stock {
  const { [orderId]: _done, ...reserved } = state.reserved;
  return { ...state, reserved };
}
