import { people } from './names';
import { Random } from './random';

interface Account {
  id: bigint;
  owner: string;
  cents: number;
}

/** Beyond 2^53: neighbours differ by one, so a reader that rounds to a double takes one account for another. */
const firstId = 9007199254740992n;

/** Money as it stands in the ledger: always two decimals. */
const euros = (cents: number) => `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;

/**
 * Three months of a small bank, one event a line. Written as text, because the amounts (`12.50`) and the ids beyond
 * 2^53 are digits that JSON.stringify cannot keep.
 */
export function ledgerLines(): string[] {
  const random = new Random(19950609);
  const lines: { time: number; text: (position: bigint) => string }[] = [];
  const versions = new Map<string, number>();
  const write = (time: number, stream: string, type: string, data: string, metadata: string) => {
    const version = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    const id = random.uuid();
    // Microseconds, as many databases stamp.
    const stamp = new Date(time).toISOString().replace('Z', `${String(random.int(0, 999)).padStart(3, '0')}Z`);
    lines.push({
      time,
      text: (position) =>
        `{"position":${position},"stream":"${stream}","version":${version},"type":"${type}","id":"${id}","time":"${stamp}","data":${data},"metadata":${metadata}}`,
    });
  };
  const accounts = openAccounts(random, write);
  let time = Date.parse('2026-01-02T07:00:00Z');
  for (let transfer = 0; transfer < 260; transfer++) {
    time += random.int(20, 500) * 60_000;
    const from = random.pick(accounts);
    const to = random.pick(accounts.filter((account) => account !== from));
    move(random, write, from, to, 4611686018427388000n + BigInt(transfer) * 3n, time);
  }
  for (const account of accounts) {
    const interest = Math.round(account.cents * 0.0025);
    if (interest > 0) {
      write(Date.parse('2026-03-31T21:59:59Z') + Number(account.id % 1000n), stream(account), 'InterestPaid', `{"amount":${euros(interest)},"rate":0.0100,"days":90}`, '{"by":"month-end"}');
    }
  }
  return lines.sort((a, b) => a.time - b.time).map((line, i) => line.text(72057594037927936n + BigInt(i)));
}

const stream = (account: Account) => `account-${account.id}`;

type Write = (time: number, stream: string, type: string, data: string, metadata: string) => void;

function openAccounts(random: Random, write: Write): Account[] {
  return people.slice(0, 24).map((person, i) => {
    const account = { id: firstId + BigInt(i), owner: person.name, cents: random.int(500, 90_000) * 10 };
    const time = Date.parse('2026-01-01T08:00:00Z') + i * 1_100_000;
    write(time, stream(account), 'AccountOpened', `{"accountId":${account.id},"owner":${JSON.stringify(person.name)},"currency":"EUR","limit":-500.00}`, '{"by":"branch-7"}');
    write(time + 60_000, stream(account), 'MoneyDeposited', `{"amount":${euros(account.cents)},"channel":"${random.pick(['cash', 'cheque', 'card'])}"}`, '{"by":"branch-7"}');
    return account;
  });
}

/** One transfer: asked for, taken from one account, given to the other; or turned down. */
function move(random: Random, write: Write, from: Account, to: Account, id: bigint, time: number): void {
  const cents = random.chance(0.1) ? random.int(100_000, 900_000) : random.int(100, 40_000);
  const transfer = `transfer-${id}`;
  const metadata = `{"correlationId":${id},"by":"${random.pick(['online', 'standing-order', 'branch-7'])}"}`;
  write(time, transfer, 'TransferRequested', `{"transferId":${id},"from":${from.id},"to":${to.id},"amount":${euros(cents)},"reference":${JSON.stringify(random.pick(['rent', 'invoice 2026/11', 'thank you', 'shared dinner', 'deposit', 'books']))}}`, metadata);
  if (from.cents - cents < -50_000) {
    write(time + 400, transfer, 'TransferRejected', `{"transferId":${id},"reason":"over the limit","balance":${euros(from.cents)}}`, metadata);
    return;
  }
  from.cents -= cents;
  write(time + 350, stream(from), 'MoneyWithdrawn', `{"transferId":${id},"amount":${euros(cents)},"counterparty":${to.id}}`, metadata);
  to.cents += cents;
  write(time + 700, stream(to), 'MoneyDeposited', `{"transferId":${id},"amount":${euros(cents)},"counterparty":${from.id}}`, metadata);
  if (random.chance(0.15)) {
    const fee = random.int(25, 350);
    from.cents -= fee;
    write(time + 800, stream(from), 'FeeCharged', `{"transferId":${id},"amount":${euros(fee)},"rate":0.00125}`, metadata);
  }
  write(time + 1000, transfer, 'TransferCompleted', `{"transferId":${id},"amount":${euros(cents)}}`, metadata);
}
