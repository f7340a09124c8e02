import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endAll, start } from '../processes.ts';
import type { Account } from './account.ts';

afterAll(endAll);

async function accountOf(tacho: 'with' | 'without', nodeArguments: readonly string[] = []): Promise<Account> {
  const only = nodeArguments.length > 0 ? ['flags'] : [];
  const child = start(['node', ...nodeArguments, 'test/hostile-host/child.ts', tacho, ...only]);
  const exit = await child.end(100_000);
  expect({ exit, stderr: withoutTacho(child.stderr) }).toEqual({
    exit: { code: 0, signal: null },
    stderr: '',
  });
  return JSON.parse(child.stdout) as Account;
}

/** What is said beside tacho's own lines, those of slow requests, and Node's of flags that are experimental. */
function withoutTacho(output: string): string {
  const lines = output.split('\n').filter((line) => !/^tacho: |^\{|^\(node:|^\(Use `node/.test(line));
  return lines.join('\n');
}

describe('a service in a process that is hostile to tacho', () => {
  let account: Account;
  let without: Account;

  beforeAll(async () => {
    [account, without] = await Promise.all([accountOf('with'), accountOf('without')]);
  });

  it('answers as without it, byte for byte', () => {
    expect(account.replies).toEqual(without.replies);
  });

  it('throws what it would throw without it', () => {
    const thrown = ({ uncaught }: Account): string[] =>
      uncaught.map((text) => text.split('\n', 1)[0]!).sort();
    expect(thrown(account)).toEqual(thrown(without));
  });

  it('has each request counted, though perhaps as one that could not be observed', () => {
    const names = Object.keys(account.counted);
    const seen = names.slice(0, names.indexOf('nothing any more') + 1);
    expect(seen.length).toBeGreaterThan(25);
    const of = (counts: Account['counted']) => Object.fromEntries(seen.map((name) => [name, counts[name]]));
    expect(of(account.counted)).toEqual(of(account.handled));
  });
});

describe('a service answers as without tacho under', () => {
  it.each([['--disable-proto=throw'], ['--disallow-code-generation-from-strings'], ['--frozen-intrinsics']])(
    '%s',
    async (flag) => {
      const [account, without] = await Promise.all([accountOf('with', [flag]), accountOf('without', [flag])]);
      expect(account.replies).toEqual(without.replies);
      expect(account.uncaught).toEqual([]);
    },
  );
});
