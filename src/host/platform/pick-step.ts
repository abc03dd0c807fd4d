import { l10n, window } from 'vscode';
import { LeftfoldError } from '../../model/problem';
import { noSuchVersion } from '../../model/problems/host';
import { parseVersion } from '../../model/version';
import { pickStream } from './pick';
import type { Stores } from './stores';
import { asStepTarget, asStoreTarget, asStreamTarget } from './targets';
import type { ShownStep, TimelineLease, Timelines } from './timelines';

/**
 * The step a command is about: the one it was given, else the one the active timeline shows, else one asked for
 * (store, stream, version; the last version is the default). A `version` in the target is looked up.
 * @returns undefined when the person closed a question
 * @throws LeftfoldError no-such-version
 */
export async function pickStep(target: unknown, stores: Stores, timelines: Timelines): Promise<ShownStep | undefined> {
  const given = asStepTarget(target, stores);
  if (given) return given;
  const stream = asStreamTarget(target, stores);
  if (!stream && !asStoreTarget(target, stores) && timelines.active) return timelines.active;
  const ref = stream ?? (await pickStream(stores, asStoreTarget(target, stores)));
  if (!ref) return undefined;
  const lease = await timelines.borrow(ref);
  try {
    const asked = versionIn(target) ?? (await askVersion(ref.stream, lease));
    return asked === undefined ? undefined : { ...ref, step: await stepOfVersion(lease, asked) };
  } finally {
    lease.release();
  }
}

/** The stored version of a step as text, "start" for step 0. */
export async function versionOfStep(lease: TimelineLease, step: number): Promise<string> {
  if (step === 0) return 'start';
  const [row] = await lease.caller.request('rows', { start: step, count: 1 });
  if (!row) throw new LeftfoldError(noSuchVersion(lease.info.stream, `(${step})`));
  return row.version;
}

function versionIn(target: unknown): string | undefined {
  if (typeof target !== 'object' || target === null || !('version' in target)) return undefined;
  return typeof target.version === 'string' || typeof target.version === 'number' ? String(target.version) : undefined;
}

async function stepOfVersion(lease: TimelineLease, version: string): Promise<number> {
  if (version === 'start') return 0;
  return (await lease.caller.request('locate', { version })).step;
}

function askVersion(stream: string, { info }: TimelineLease): Thenable<string | undefined> {
  const { firstVersion, lastVersion } = info;
  return window.showInputBox({
    title: stream,
    prompt: l10n.t('At which version? {0} to {1}, or "start" for the initial state.', firstVersion, lastVersion),
    value: lastVersion,
    validateInput: (text) =>
      text.trim() === 'start' || parseVersion(text.trim()) !== undefined ? undefined : l10n.t('A version is a whole number.'),
  }).then((text) => text?.trim());
}
