// A reducer as people write them: returns a new state, shares what stays; about a microsecond an event.
export const initialState = () => ({ balance: 0, events: 0, last: '', accounts: {}, kinds: {} });

export function evolve(state, event) {
  const { account, amount, reference } = event.data;
  return {
    ...state,
    balance: state.balance + amount,
    events: state.events + 1,
    last: reference,
    accounts: { ...state.accounts, [account]: amount },
    kinds: state.kinds,
  };
}
