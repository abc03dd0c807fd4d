import assert from 'node:assert/strict';
import { LeftfoldError, type Problem } from '../../../src/model/problem';

/** The problem that a call or promise fails with. */
export async function problemOf(run: Promise<unknown> | (() => unknown)): Promise<Problem> {
  try {
    await (typeof run === 'function' ? run() : run);
  } catch (error) {
    assert.ok(error instanceof LeftfoldError, String(error));
    const { problem } = error;
    assert.ok(problem.message.length > 0 && problem.next.length > 0, 'says what to do next');
    assert.doesNotMatch(problem.message, /\n|at .*:\d+:\d+/, 'one line, no stack');
    return problem;
  }
  assert.fail('did not fail');
}
