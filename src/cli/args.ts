import { parseArgs } from 'node:util';
import { LeftfoldError } from '../model/problem';
import { usage } from '../model/problems/cli';
import { parseVersion, type Version } from '../model/version';
import { COMMANDS, type CommandName } from './help';

/** A command line, understood. Values are still text: each command reads its own. */
export interface Invocation {
  command: CommandName;
  operands: string[];
  json: boolean;
  values: Readonly<Record<string, string | undefined>>;
  types: string[];
}

const VALUES: Record<CommandName, readonly string[]> = {
  inspect: [],
  streams: ['category', 'match', 'limit', 'after'],
  events: ['from', 'to', 'limit'],
  replay: ['from', 'to', 'reducer'],
  state: ['at', 'reducer', 'out'],
  diff: ['from', 'to', 'format', 'reducer'],
};

const OPERANDS: Record<CommandName, readonly string[]> = {
  inspect: ['store'],
  streams: ['store'],
  events: ['store', 'stream'],
  replay: ['store', 'stream'],
  state: ['store', 'stream'],
  diff: ['store', 'stream'],
};

/**
 * Reads the arguments behind `leftfold`.
 * @returns what to run, or what to print: the help of a command (or of all), or the version
 * @throws LeftfoldError usage
 */
export function readArguments(args: readonly string[]): Invocation | { help: CommandName | undefined } | { version: true } {
  const [name, ...rest] = args;
  if (name === undefined) throw new LeftfoldError(usage('A command is missing.'));
  if (name === '--help' || name === '-h') return { help: undefined };
  if (name === '--version' || name === '-v' || name === '-V') return { version: true };
  if (name === 'help') return { help: rest[0] === undefined ? undefined : commandNamed(rest[0]) };
  const command = commandNamed(name);
  const { values, positionals } = parse(command, rest);
  if (values.help === true) return { help: command };
  const wanted = OPERANDS[command];
  const missing = wanted[positionals.length];
  if (missing !== undefined) throw new LeftfoldError(usage(`"${command}" needs a <${missing}>.`, command));
  if (positionals.length > wanted.length) {
    throw new LeftfoldError(usage(`"${command}" takes no "${positionals[wanted.length]}": put quotes around names with spaces.`, command));
  }
  const { type, json, ...others } = values;
  return {
    command,
    operands: positionals,
    json: json === true,
    values: others as Record<string, string | undefined>,
    types: (type ?? []) as string[],
  };
}

function commandNamed(name: string): CommandName {
  if (Object.hasOwn(COMMANDS, name)) return name as CommandName;
  throw new LeftfoldError(usage(name.startsWith('-') ? `There is no option "${name}" before a command.` : `There is no command "${name}".`));
}

function parse(command: CommandName, args: readonly string[]) {
  const options: NonNullable<Parameters<typeof parseArgs>[0]>['options'] = {
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  };
  for (const name of VALUES[command]) options[name] = { type: 'string' };
  if (command === 'events') options.type = { type: 'string', multiple: true };
  try {
    return parseArgs({ args: joinNegatives(args), options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new LeftfoldError(usage(reasonOf(error), command));
  }
}

/** `--from -1` is a version, not an option: some stores begin there. */
function joinNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  let onlyOperands = false;
  for (const arg of args) {
    const before = joined.at(-1);
    if (!onlyOperands && /^-\d+$/.test(arg) && before !== undefined && /^--\w+$/.test(before)) joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
    onlyOperands ||= arg === '--';
  }
  return joined;
}

/** The parser's words, its first sentence: the rest explains how it could be told otherwise. */
function reasonOf(error: unknown): string {
  const text = (error as Error).message.split('\n')[0]!.replace(/\. (?:To specify|Did you).*$/s, '');
  return text.endsWith('.') ? text : `${text}.`;
}

/** A count of at least one. @throws LeftfoldError usage */
export function readLimit({ command, values }: Invocation): number {
  const text = values.limit;
  if (text === undefined) return Infinity;
  const limit = /^\d+$/.test(text) ? Number(text) : 0;
  if (limit >= 1) return limit;
  throw new LeftfoldError(usage(`--limit must be a whole number of at least 1, not "${text}".`, command));
}

/** The bounds of a range of versions, both inclusive; undefined where open. @throws LeftfoldError usage */
export function readRange({ command, values }: Invocation): { from: Version | undefined; to: Version | undefined } {
  const [from, to] = (['from', 'to'] as const).map((name) => {
    const text = values[name];
    const version = text === undefined ? undefined : parseVersion(text);
    if (text !== undefined && version === undefined) {
      throw new LeftfoldError(usage(`--${name} must be a version (a whole number), not "${text}".`, command));
    }
    return version;
  });
  if (from !== undefined && to !== undefined && from > to) {
    throw new LeftfoldError(usage(`--from ${from} lies after --to ${to}.`, command));
  }
  return { from, to };
}
