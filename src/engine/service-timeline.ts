import { getAt } from '../diff/pointer';
import type { Payload, RawRecord, StoredEvent } from '../model/event';
import { LeftfoldError, type Place } from '../model/problem';
import { exportInterrupted, notOpen, pathNotFound, reducerFailedOutside, timeNotUnderstood } from '../model/problems/engine';
import { readPayload } from '../model/payload';
import { parseTimeArgument } from '../model/time';
import { exportFileName } from '../export/file-name';
import { eventsText, inPieces, stateText } from '../export/export-text';
import { jsonTextUpTo } from '../export/json-text';
import type { Handlers } from '../protocol/channel';
import type { StreamReader } from '../store/contract';
import type { ChangePage, ChangeView, EventRow, StepView, TimelineApi, TreeKind } from '../protocol/timeline';
import type { Change } from '../diff/diff';
import { BackgroundFold, type FoldNotes } from './background-fold';
import { stepAtTime, stepOfVersion } from './locate';
import { Marks } from './marks';
import { summarise } from './summary';
import { Timeline } from './timeline';
import { treePage } from './tree';
import type { UserCode } from './user-code';
import { viewOf } from './view';

/** Rows and changes given for one request at most. */
const MOST_ROWS = 1000;
const PIECE = 1_000_000;
/** Exports that are begun and not finished; the oldest is given up for a new one. */
const MOST_EXPORTS = 8;

/** Answers what a timeline's page asks of one stream. Every call gives a result or throws LeftfoldError. */
export class TimelineService {
  private timeline: Timeline | undefined;
  /** Settles when the opening under way is over; what is asked meanwhile waits for it. */
  private opening: Promise<Timeline> | undefined;
  private fold: BackgroundFold | undefined;
  private readonly exports = new Map<number, Iterator<string>>();
  private nextExport = 1;

  constructor(
    private readonly userCode: UserCode,
    private readonly notes: FoldNotes,
  ) {}

  readonly handlers: Handlers<TimelineApi> = {
    open: async (what, signal) => {
      this.close();
      const opening = Timeline.open(what, this.userCode, signal, (problem) => this.notes.notice(problem));
      this.opening = opening;
      const timeline = await opening;
      const { info } = timeline;
      this.timeline = timeline;
      this.fold = new BackgroundFold(timeline, this.userCode, this.notes);
      return info;
    },
    rows: async ({ start, count }) => {
      const timeline = await this.look();
      const first = Math.max(1, start);
      const events = timeline.reader.read(first - 1, Math.min(count, MOST_ROWS));
      return events.map((event, i) => this.rowOf(event, first + i));
    },
    step: async ({ step, changes }, signal) => this.stepView(step, changes, signal),
    changes: async ({ step, base, start, count }, signal) => {
      const { changes } = await (await this.look()).difference(step, signal, base);
      return pageOf(changes, start, count);
    },
    tree: async ({ step, of, expansion, start, count }, signal) => {
      const timeline = await this.look();
      if (of !== 'state') {
        const { value, raw } = partOf(timeline.reader, step, of);
        const page = treePage(value, expansion, start, count);
        const [root] = page.rows;
        if (raw && root?.path === '') root.value.kind = 'raw';
        return page;
      }
      if (step === 0) return treePage((await timeline.stateAt(0, signal)).state, expansion, start, count, Marks.none);
      const { after, marks } = await timeline.difference(step, signal);
      return treePage(after, expansion, start, count, marks);
    },
    text: async ({ step, of, path, limit }, signal) => {
      const timeline = await this.look();
      const root = of === 'state' ? (await timeline.stateAt(step, signal)).state : partOf(timeline.reader, step, of).value;
      let found = valueAt(root, path);
      // A removed row is shown at the path it had.
      if (!found.found && of === 'state' && step > 0) found = valueAt((await timeline.difference(step, signal)).before, path);
      if (!found.found) throw new LeftfoldError(pathNotFound(path));
      return jsonTextUpTo(found.value, 2, Math.max(0, limit));
    },
    locate: async (at) => {
      const { reader } = await this.look();
      return { step: 'version' in at ? stepOfVersion(reader, at.version) : stepAtTime(reader, timeOf(at.time)) };
    },
    export: async ({ what, step }, signal) => {
      const timeline = await this.look();
      const { reader } = timeline;
      const text = what === 'state' ? stateText((await timeline.stateAt(step, signal)).state) : eventsText(reader, step);
      const id = this.nextExport++;
      this.exports.set(id, inPieces(text, PIECE));
      for (const old of this.exports.keys()) if (this.exports.size > MOST_EXPORTS) this.exports.delete(old);
      const [head] = step > 0 ? reader.heads(step - 1, 1) : [];
      return { id, suggestedName: exportFileName(what, reader.stream, head ? String(head.version) : null) };
    },
    exportNext: ({ id }) => {
      const pieces = this.exports.get(id);
      if (!pieces) throw new LeftfoldError(exportInterrupted());
      const piece = pieces.next();
      if (piece.done !== true) return piece.value;
      this.exports.delete(id);
      return null;
    },
  };

  /** Something failed that no request waits for: work a reducer left running. */
  outside(error: unknown): void {
    const label = this.timeline?.reducerInfo.label ?? 'The reducer';
    this.notes.notice(reducerFailedOutside(label, error instanceof Error ? error.message : String(error)));
  }

  private close(): void {
    this.fold?.stop();
    this.timeline?.close();
    this.fold = undefined;
    this.timeline = undefined;
    this.opening = undefined;
    this.exports.clear();
  }

  /** The open timeline, after a look at the store's file. */
  private async look(): Promise<Timeline> {
    if (!this.opening) throw new LeftfoldError(notOpen());
    const timeline = await this.opening;
    const changed = timeline.check();
    if (changed) this.notes.notice(changed);
    return timeline;
  }

  private async stepView(step: number, count: number, signal: AbortSignal): Promise<StepView> {
    const timeline = await this.look();
    const { changes } = await timeline.difference(step, signal);
    const { problem, firstFailure } = await timeline.stateAt(step, signal);
    this.fold?.tell();
    const event = timeline.eventAt(step);
    return {
      step,
      row: event ? this.rowOf(event, step) : null,
      event: event ? { id: event.id, position: event.position === null ? null : String(event.position), place: placeText(event.place) } : null,
      changes: pageOf(changes, 0, count),
      problem,
      afterErrorAt: firstFailure !== null && firstFailure < step ? firstFailure : null,
    };
  }

  private rowOf(event: StoredEvent, step: number): EventRow {
    const problem = event.problem ?? (event.data.form === 'raw' ? event.data.problem : null) ?? this.fold?.problemOf(step) ?? null;
    return { step, version: String(event.version), type: event.type, time: event.time, summary: summarise(event.data), problem };
  }
}

/** What a step's event holds besides its state. Before the first event there is nothing. */
function partOf(reader: StreamReader, step: number, of: Exclude<TreeKind, 'state'>): { value: unknown; raw: boolean } {
  const [event] = step > 0 ? reader.read(step - 1, 1) : [];
  if (!event) return { value: undefined, raw: false };
  if (of === 'record') return { value: recordValue(reader.raw(step - 1)), raw: false };
  return payloadValue(of === 'data' ? event.data : event.metadata);
}

function timeOf(text: string): string {
  const time = parseTimeArgument(text);
  if (time === undefined) throw new LeftfoldError(timeNotUnderstood(text));
  return time;
}

function pageOf(changes: readonly Change[], start: number, count: number): ChangePage {
  const from = Math.max(0, start);
  return { total: changes.length, start: from, changes: changes.slice(from, from + Math.min(count, MOST_ROWS)).map(changeView) };
}

function changeView({ op, path, old, new: now }: Change): ChangeView {
  return { op, path, old: op === 'add' ? null : viewOf(old), new: op === 'remove' ? null : viewOf(now) };
}

/** A payload for looking at: digits as stored; what is no JSON as it is stored. */
function payloadValue(payload: Payload): { value: unknown; raw: boolean } {
  try {
    const { value, readable } = readPayload(payload, 'stored');
    return { value, raw: !readable };
  } catch {
    return { value: payload.form === 'json' ? payload.text : undefined, raw: true };
  }
}

function recordValue({ columns }: RawRecord): unknown {
  const record: Record<string, unknown> = {};
  for (const { name, value } of columns) {
    Object.defineProperty(record, name, { value, writable: true, enumerable: true, configurable: true });
  }
  return record;
}

function valueAt(root: unknown, path: string): { found: boolean; value: unknown } {
  try {
    return getAt(root, path);
  } catch {
    return { found: false, value: undefined };
  }
}

function placeText({ file, line, table }: Place): string {
  return [file, table, line === undefined ? undefined : `line ${line}`].filter((part) => part !== undefined).join(', ');
}
