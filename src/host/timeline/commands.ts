import { commands, type Disposable } from 'vscode';
import type { PageButton } from '../../protocol/page';
import type { Commands } from '../platform/commands';
import { Disposables } from '../platform/disposables';
import { pickStream } from '../platform/pick';
import type { Stores } from '../platform/stores';
import { asStreamTarget } from '../platform/targets';
import type { TimelinePanels } from './panels';

const BUTTONS: PageButton[] = ['first', 'back', 'play', 'forward', 'last', 'jump', 'help'];

/** Opening timelines, and the transport of the active one as commands. */
export function registerTimelineCommands(cmds: Commands, stores: Stores, timelines: TimelinePanels): Disposable {
  const all = new Disposables();
  all.add(cmds.register('leftfold.openTimeline', async (target: unknown) => {
    const ref = asStreamTarget(target, stores) ?? (await pickStream(stores));
    if (!ref) return;
    await timelines.open(ref, atOf(target));
  }));
  for (const button of BUTTONS) all.add(cmds.register(`leftfold.timeline.${button}`, () => timelines.press(button)));
  all.add(cmds.register('leftfold.trustWorkspace', () => commands.executeCommand('workbench.trust.manage')));
  return all;
}

function atOf(target: unknown): { version: string } | { time: string } | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  if ('version' in target && typeof target.version === 'string') return { version: target.version };
  if ('time' in target && typeof target.time === 'string') return { time: target.time };
  return undefined;
}
