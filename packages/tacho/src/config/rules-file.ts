import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { GivenRules } from '@tacho/alerts';
import { RULES_OF_FILE } from './alert-rules-rule.ts';
import { describeKind, describeValue } from './describe-value.ts';
import { jsonErrorPosition } from './json-position.ts';
import type { Problem } from './rule.ts';

const MAX_BYTES = 1_000_000;

export interface RulesFile {
  /** Undefined where the file is of no use at all. */
  readonly given: GivenRules | undefined;
  /** Each names its place in the file. */
  readonly problems: readonly Problem[];
}

/** Reads rules from a JSON file. Never throws, and waits for nothing: what is no regular file is not read. */
export function readRulesFile(path: string): RulesFile {
  const problems: Problem[] = [];
  const file = `the file ${describeValue(path)}`;
  try {
    const parsed: unknown = parse(readSmallFile(path));
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    if (!isObject) throw new Error(`is ${describeKind(parsed)}; allowed: an object with rules, slos or both`);
    const given = RULES_OF_FILE.read(parsed, {
      path: '',
      secret: false,
      known: RULES_OF_FILE.paths,
      problems,
    });
    return { given, problems: problems.map(({ message }) => ({ message: `${file}: ${message}` })) };
  } catch (cause) {
    return { given: undefined, problems: [{ message: `${file} ${(cause as Error).message}`, cause }] };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { line, column } = jsonErrorPosition(text) ?? { line: 1, column: 1 };
    throw new Error(`is no JSON from line ${line}, column ${column} on`, { cause });
  }
}

function readSmallFile(path: string): string {
  const file = attempt(() => openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
  try {
    if (!attempt(() => fstatSync(file)).isFile()) throw new Error('is no regular file');
    const bytes = Buffer.alloc(MAX_BYTES + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = attempt(() => readSync(file, bytes, length, bytes.length - length, null));
    if (length > MAX_BYTES) throw new Error('is larger than 1 MB');
    return bytes.toString('utf8', 0, length).replace(/^\uFEFF/, '');
  } finally {
    closeSync(file);
  }
}

function attempt<T>(step: () => T): T {
  try {
    return step();
  } catch (cause) {
    const code = (cause as { readonly code?: unknown } | null)?.code;
    throw new Error(`can't be read${typeof code === 'string' ? `: ${code}` : ''}`, { cause });
  }
}
