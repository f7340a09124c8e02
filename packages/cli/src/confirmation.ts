import { failure, usageError } from './command-error.ts';
import type { Environment } from './environment.ts';
import { untilAborted } from './until-aborted.ts';

const YES = /^y(es)?$/i;
/** More than this is no answer. */
const MAX_ANSWER_BYTES = 1024;

/**
 * Asks in a terminal whether to go on; where there is none, `--yes` has to have said so.
 * @param question without controls: see `escapeControls`
 * @throws `CommandError` where the answer is no
 */
export async function confirm(
  question: string,
  isConfirmed: boolean,
  environment: Environment,
): Promise<void> {
  if (isConfirmed) return;
  const { stdin, stderr, interrupted } = environment;
  if (!stdin.isTerminal || !stderr.isTerminal) {
    throw usageError('nobody can be asked whether to go on: --yes says so');
  }
  stderr.write(`${question} [y/N] `);
  const answer = await untilAborted(firstLine(stdin), interrupted);
  if (!YES.test(answer.trim())) throw failure('not confirmed, so nothing was done');
}

async function firstLine(source: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of source) {
    text += Buffer.from(chunk).toString('utf8');
    if (text.includes('\n') || text.length > MAX_ANSWER_BYTES) break;
  }
  return text.split('\n', 1)[0] ?? '';
}
