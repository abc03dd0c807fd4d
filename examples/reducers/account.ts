// The state of a bank account: one function as the default export, which starts from nothing.

interface Account {
  /** Beyond 2^53: kept as it is, with every digit, as long as nothing calculates with it. */
  accountId: unknown;
  owner: string;
  currency: string;
  balance: number;
  limit: number;
  movements: number;
  lastTransfer: unknown;
}

interface AccountEvent {
  type: string;
  data: { accountId?: unknown; transferId?: unknown; owner?: string; currency?: string; amount?: number; limit?: number };
}

const nothing: Account = { accountId: null, owner: '', currency: '', balance: 0, limit: 0, movements: 0, lastTransfer: null };

export default function account(state: Account = nothing, event: AccountEvent): Account {
  const { data } = event;
  switch (event.type) {
    case 'AccountOpened':
      return { ...state, accountId: data.accountId, owner: data.owner ?? '', currency: data.currency ?? '', limit: Number(data.limit) };
    case 'MoneyDeposited':
    case 'InterestPaid':
      return move(state, Number(data.amount), data.transferId);
    case 'MoneyWithdrawn':
    case 'FeeCharged':
      return move(state, -Number(data.amount), data.transferId);
    default:
      return state;
  }
}

function move(state: Account, amount: number, transferId: unknown): Account {
  return {
    ...state,
    balance: Math.round((state.balance + amount) * 100) / 100,
    movements: state.movements + 1,
    lastTransfer: transferId ?? state.lastTransfer,
  };
}
