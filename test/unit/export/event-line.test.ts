import assert from 'node:assert/strict';
import fc from 'fast-check';
import { eventLine } from '../../../src/export/event-line';
import type { Payload, StoredEvent } from '../../../src/model/event';
import { parseJson } from '../../../src/model/json';
import type { Problem } from '../../../src/model/problem';

const problem: Problem = { code: 'payload-not-json', message: 'Not JSON.', next: '', where: {}, exit: 3 };
const event = (data: Payload, more: Partial<StoredEvent> = {}): StoredEvent => ({
  stream: 's-1',
  version: 1,
  position: 7,
  type: 'Paid',
  id: null,
  time: '2026-03-02T09:00:00.120Z',
  data,
  metadata: { form: 'absent' },
  place: { file: '/store.db' },
  ...more,
});
const line = (data: Payload, more?: Partial<StoredEvent>) => eventLine(event(data, more)).line;

describe('event line', () => {
  it('has the fields in their order, null where the store has none', () => {
    assert.equal(
      line({ form: 'json', text: '{"a":1}' }),
      '{"stream":"s-1","version":1,"position":7,"type":"Paid","id":null,"time":"2026-03-02T09:00:00.120Z","data":{"a":1},"metadata":null}',
    );
  });

  it('writes payloads as stored: digits, order and repeated keys', () => {
    const text = '{"b": 12.50, "a": 9007199254740993, "1": -0, "b": 1e3}';
    assert.ok(line({ form: 'json', text }).includes(`"data":${text},`));
  });

  it('stays one line', () => {
    const text = '{\r\n  "a": "line\\nbreak",\n  "b": [\n    1,\n    2\n  ]\n}\n';
    const written = line({ form: 'json', text });
    assert.doesNotMatch(written, /[\r\n]/);
    assert.deepEqual((JSON.parse(written) as { data: unknown }).data, { a: 'line\nbreak', b: [1, 2] });
  });

  it('writes versions and positions beyond 2^53 with every digit, and positions that are text', () => {
    const big = line({ form: 'absent' }, { version: 2n ** 60n, position: 2n ** 62n });
    assert.match(big, /"version":1152921504606846976,"position":4611686018427387904,/);
    assert.match(line({ form: 'absent' }, { position: 'C:1/P:2' }), /"position":"C:1\/P:2"/);
    assert.match(line({ form: 'absent' }, { position: null }), /"position":null/);
  });

  it('writes parsed payloads with their digits', () => {
    assert.match(line({ form: 'value', value: parseJson('{"a":12.50}', 'stored'), exact: true }), /"data":\{"a":12.50\}/);
  });

  it('gives what is no JSON as it is stored, and says so', () => {
    const text = eventLine(event({ form: 'raw', stored: 'O:8:"x\n"', problem }));
    assert.match(text.line, /"data":"O:8:\\"x\\n\\"","metadata":null,"error":\{"message":"Not JSON\."\}\}$/);
    assert.equal(text.problem?.code, 'payload-not-json');
    assert.match(line({ form: 'raw', stored: new Uint8Array([0, 255]), problem }), /"data":\{"\$bytes":"AP8="\}/);
  });

  it('notices JSON that is broken only when it is looked at', () => {
    const { line: written, problem: found } = eventLine(event({ form: 'json', text: '{"a":1' }));
    assert.equal((JSON.parse(written) as { data: unknown }).data, '{"a":1');
    assert.equal(found?.code, 'event-unreadable');
  });

  it('is always one line of valid JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.json(), fc.constantFrom(0, 2), (name, payload, indent) => {
        const text = JSON.stringify(JSON.parse(payload), undefined, indent);
        const written = line({ form: 'json', text }, { stream: name, type: name, id: name });
        assert.doesNotMatch(written, /[\r\n]/);
        const read = JSON.parse(written) as { stream: string; data: unknown };
        assert.equal(read.stream, name);
        assert.deepEqual(read.data, JSON.parse(text));
      }),
    );
  });
});
