import { fileNamePart } from '../platform/keys';

export const SCHEME = 'leftfold-state';

/** What a state document shows. */
export interface StateAddress {
  /** Absolute path of the store. */
  store: string;
  stream: string;
  step: number;
  /** The stored version of the step, "start" at step 0. Only shown; the step says which state. */
  version: string;
}

/** The parts of a document's uri. The path is what its tab shows; the query says what it is. */
export function toUriParts(address: StateAddress): { scheme: string; path: string; query: string } {
  const { store, stream, step, version } = address;
  return {
    scheme: SCHEME,
    path: `/${fileNamePart(stream)}@${version === 'start' ? 'start' : `v${version}`}.json`,
    query: JSON.stringify({ store, stream, step, version }),
  };
}

/** Reads what toUriParts wrote; undefined for anything else. */
export function fromUriQuery(query: string): StateAddress | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(query);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { store, stream, step, version } = parsed as Record<string, unknown>;
  if (typeof store !== 'string' || typeof stream !== 'string' || typeof version !== 'string') return undefined;
  return Number.isSafeInteger(step) && (step as number) >= 0 ? { store, stream, step: step as number, version } : undefined;
}

/** How a version is named beside others: `state@v12`, `state@start`. */
export function versionLabel(version: string): string {
  return version === 'start' ? 'state@start' : `state@v${version}`;
}
