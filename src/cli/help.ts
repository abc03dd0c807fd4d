/** What a command takes, in the words its help and its errors use. */
export interface CommandHelp {
  usage: string;
  about: string;
  options: [flag: string, about: string][];
}

const REDUCER: [string, string] = [
  '--reducer FILE',
  'Fold with this module. Without it the nearest leftfold.json upwards from the store decides, else payloads are merged (RFC 7396).',
];
const RANGE: [string, string][] = [
  ['--from V', 'The first version, inclusive.'],
  ['--to V', 'The last version, inclusive.'],
];
const COMMON: [string, string][] = [
  ['--json', 'Print JSON and nothing else.'],
  ['--help', 'Print this.'],
];

export const COMMANDS = {
  inspect: {
    usage: 'inspect <store>',
    about: 'Say what the store is, how it is read, and what could not be read.',
    options: COMMON,
  },
  streams: {
    usage: 'streams <store> [--category C] [--match TEXT] [--limit N] [--after ID]',
    about: 'List streams, sorted by id.',
    options: [
      ['--category C', 'Only this category; "" for the streams without one.'],
      ['--match TEXT', 'Only ids that contain this text, in upper or lower case.'],
      ['--limit N', 'At most so many.'],
      ['--after ID', 'Only ids that sort after this one (exclusive).'],
      ...COMMON,
    ],
  },
  events: {
    usage: 'events <store> <stream> [--from V] [--to V] [--type T]... [--limit N]',
    about: 'Print the events of a stream, digits as stored.',
    options: [...RANGE, ['--type T', 'Only events of this type; may be given more than once.'], ['--limit N', 'At most so many.'], ...COMMON],
  },
  replay: {
    usage: 'replay <store> <stream> [--from V] [--to V] [--reducer FILE]',
    about: 'Print what each event changed in the state.',
    options: [...RANGE, REDUCER, ...COMMON],
  },
  state: {
    usage: 'state <store> <stream> [--at V|TIME|start] [--reducer FILE] [--out FILE]',
    about: 'Print the state at a version, or the latest.',
    options: [
      ['--at V|TIME|start', 'A stored version; an ISO 8601 time, meaning the last event at or before it; or the state before all events.'],
      REDUCER,
      ['--out FILE', 'Write to this file instead of standard output.'],
      ...COMMON,
    ],
  },
  diff: {
    usage: 'diff <store> <stream> --from V --to V [--format tree|patch|merge-patch] [--reducer FILE]',
    about: 'Print the difference between the states at two versions.',
    options: [
      ['--from V', 'A stored version, an ISO 8601 time, or start.'],
      ['--to V', 'The same.'],
      ['--format F', 'tree (for people), patch (RFC 6902) or merge-patch (RFC 7396); tree when left out.'],
      REDUCER,
      ...COMMON,
    ],
  },
} as const satisfies Record<string, CommandHelp>;

export type CommandName = keyof typeof COMMANDS;

const EXITS = `Exit: 0 done; 1 asked for something that is not there; 2 usage, or a store that cannot be opened;
      3 answered, but an event could not be read or folded (standard error names it).`;

/** The help of one command, or of all. */
export function helpText(command: CommandName | undefined): string {
  if (command !== undefined) {
    const { usage, about, options } = COMMANDS[command];
    return `Usage: leftfold ${usage}\n\n${about}\n\n${table(options)}\n\n${EXITS}\n`;
  }
  const usages = Object.values(COMMANDS).map(({ usage }) => `  leftfold ${usage}`);
  const abouts = Object.entries(COMMANDS).map(([name, { about }]): [string, string] => [name, about]);
  return `Leftfold looks into event stores: what streams they hold, and what state their events lead to.

Usage:
${usages.join('\n')}

${table(abouts)}

A store is a SQLite database or an NDJSON file; it is only ever read.
"leftfold <command> --help" says more; --json on each prints JSON; --version prints the version.

${EXITS}
`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([first]) => first.length)) + 2;
  return rows.map(([first, second]) => `  ${first.padEnd(width)}${second}`).join('\n');
}
