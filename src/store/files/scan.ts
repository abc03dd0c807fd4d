import { basename } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { parseJson } from '../../model/json';
import { LeftfoldError, type Problem } from '../../model/problem';
import { halfWrittenLine, lineWithoutStream, malformedLine, mappingWithoutField, notAnEventLine, openingCancelled } from '../../model/problems/store';
import type { EventRole } from '../../model/store-info';
import { storedTimeToMs } from '../../model/time';
import type { OpenOptions } from '../contract';
import { parserWords } from '../payload-check';
import { IndexBuilder, type EventIndex } from './event-index';
import { fieldName, fieldsOf, recogniseFields, topFields, valueAt, type FieldPath, type Fields } from './fields';
import type { LineFile } from './lines';
import { lostDigits, textField, timeField, versionField } from './parse-line';

/** Problems kept; the rest is counted. */
const MOST_PROBLEMS = 100;
/** Lines looked at to recognise the fields. */
const SAMPLE = 100;

export interface Scanned {
  index: EventIndex;
  fields: Fields;
  problems: Problem[];
  problemCount: number;
  /** The first lines, for listing what fields there are. */
  sample: object[];
}

interface Parsed {
  value: object;
  text: string;
  offset: number;
  length: number;
  line: number;
}

/** Goes through a file once and indexes its events. Lines that are none become problems with their line number. */
export async function scanEvents(path: string, file: LineFile, options: OpenOptions): Promise<Scanned> {
  const scan = new Scan(path, options);
  await file.scan(
    (bytes, offset, line, ended) => scan.line(bytes, offset, line, ended),
    (done) => {
      if (options.signal?.aborted) throw new LeftfoldError(openingCancelled(path));
      options.onProgress?.(done, file.size);
    },
    () => turn(),
  );
  return scan.done();
}

class Scan {
  private readonly builder = new IndexBuilder();
  private readonly problems: Problem[] = [];
  private problemCount = 0;
  private readonly sample: object[] = [];
  /** Lines that wait until the fields are known. */
  private waiting: Parsed[] | undefined = [];
  private fields: Fields | undefined;
  private first: Problem | undefined;
  /** Where a number must keep its digits. */
  private exactPaths: FieldPath[] = [];
  /** Mapped fields that no line had so far. */
  private missing: EventRole[] = [];

  constructor(
    private readonly path: string,
    private readonly options: OpenOptions,
  ) {}

  line(bytes: Buffer, offset: number, line: number, ended: boolean): void {
    let value: unknown;
    let text: string;
    try {
      text = bytes.toString('utf8');
      value = JSON.parse(text);
    } catch (error) {
      const where = { file: this.path, line };
      const cut = !ended && bytes[0] === 0x7b;
      this.report(cut ? halfWrittenLine(where) : malformedLine(where, parserWords(error)));
      return;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.report(notAnEventLine({ file: this.path, line }, value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`));
      return;
    }
    const parsed = { value, text, offset, length: bytes.length, line };
    if (this.fields) this.index(parsed, this.fields);
    else this.wait(parsed);
  }

  done(): Scanned {
    this.recognise();
    const fields = this.fields as Fields;
    for (const role of this.missing) {
      const seen = topFields(fieldsOf(this.sample));
      this.report({ ...mappingWithoutField(this.path, role, fieldName(fields.paths[role] ?? []), seen), exit: 1 });
    }
    return { index: this.builder.done(fields.paths.version === null), fields, problems: this.problems, problemCount: this.problemCount, sample: this.sample };
  }

  private wait(parsed: Parsed): void {
    this.waiting?.push(parsed);
    this.sample.push(parsed.value);
    if (this.sample.length >= SAMPLE) this.recognise();
  }

  private recognise(): void {
    if (this.fields) return;
    // Nothing but broken lines: the first of them says more than that no fields were found.
    if (this.sample.length === 0 && this.first) throw new LeftfoldError({ ...this.first, exit: 2 });
    this.fields = recogniseFields(this.path, this.sample, this.options.mapping);
    const { paths, missing } = this.fields;
    this.missing = missing;
    this.exactPaths = [paths.stream, paths.version, paths.category].filter((path) => path !== null);
    for (const parsed of this.waiting ?? []) this.index(parsed, this.fields);
    this.waiting = undefined;
  }

  private index(parsed: Parsed, { paths }: Fields): void {
    let { value } = parsed;
    if (this.missing.length > 0) this.missing = this.missing.filter((role) => valueAt(parsed.value, paths[role] ?? []) === undefined);
    if (lostDigits(value, this.exactPaths)) value = parseJson(parsed.text, 'stored') as object;
    const stream = paths.stream === null ? basename(this.path) : textField(value, paths.stream);
    if (stream === null) {
      this.report(lineWithoutStream({ file: this.path, line: parsed.line }, fieldName(paths.stream ?? [])));
      return;
    }
    this.builder.add({
      offset: parsed.offset,
      length: parsed.length,
      line: parsed.line,
      stream,
      category: textField(value, paths.category),
      type: textField(value, paths.type) ?? 'unknown',
      ms: storedTimeToMs(timeField(value, paths.time)),
      version: paths.version === null ? 0 : versionField(value, paths.version),
    });
  }

  private report(problem: Problem): void {
    this.first ??= problem;
    this.problemCount++;
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
  }
}
