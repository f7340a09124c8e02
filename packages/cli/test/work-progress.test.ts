import { describe, expect, it } from '@jest/globals';
import { workProgress } from '../src/work-progress.ts';
import { Screen } from './screen.ts';
import { Session } from './session.ts';

function session(columns: number | undefined, variables: Record<string, string> = {}): Session {
  return new Session({ variables, ...(columns !== undefined && { terminal: { columns, rows: 24 } }) });
}

function screenOf({ stderr }: Session, columns: number): string[] {
  const screen = new Screen(columns);
  screen.write(stderr);
  return screen.lines;
}

describe('progress in a terminal', () => {
  it('is a bar of the terminal’s width that goes without a trace', () => {
    const terminal = session(60, { NO_COLOR: '1' });
    const progress = workProgress('export', terminal.environment);
    progress.show(0, 200);
    expect(screenOf(terminal, 60)).toEqual([`export [${'-'.repeat(40)}] 0.0%`]);
    terminal.clock.advanceTo(100);
    progress.show(70, 200);
    expect(screenOf(terminal, 60)).toEqual([`export [${'#'.repeat(14)}${'-'.repeat(26)}] 35.0%`]);
    progress.close();
    progress.close();
    expect(screenOf(terminal, 60)).toEqual([]);
  });

  it.each([1, 5, 12, 20, 40, 200])('fits into %i columns', (columns) => {
    const terminal = session(columns);
    workProgress('restore', terminal.environment).show(1, 3);
    const [line = ''] = screenOf(terminal, columns);
    expect(line.length).toBeLessThanOrEqual(Math.max(columns - 1, 0));
  });

  it('is redrawn ten times a second at most', () => {
    const terminal = session(80);
    const progress = workProgress('backup', terminal.environment);
    for (let ms = 0; ms < 1000; ms++) {
      terminal.clock.advanceTo(ms);
      progress.show(ms, 1000);
    }
    expect(terminal.stderr.split('\r')).toHaveLength(1 + 10);
  });

  it('counts where the total is not known', () => {
    const terminal = session(80);
    workProgress('import', terminal.environment).show(12_345, undefined);
    expect(screenOf(terminal, 80)).toEqual(['import 12,345']);
  });

  it.each([
    [{ NO_COLOR: '1' }, false],
    [{}, true],
  ])('has colour as everything has: %j', (variables: Record<string, string>, isColoured) => {
    const terminal = session(80, variables);
    workProgress('import', terminal.environment).show(1, 2);
    expect(terminal.stderr.includes('\x1b[32m')).toBe(isColoured);
  });
});

describe.each([
  ['a pipe', undefined, {}],
  ['a terminal that can’t move its cursor', 80, { TERM: 'dumb' }],
])('progress in %s', (_, columns, variables: Record<string, string>) => {
  it('is a line a minute, so that short work says nothing', () => {
    const pipe = session(columns, variables);
    const progress = workProgress('export', pipe.environment);
    for (let second = 0; second < 150; second++) {
      pipe.clock.advanceTo(second * 1000);
      progress.show(second, 150);
    }
    progress.close();
    expect(pipe.stderr).toBe('tacho: export: 40.0%\ntacho: export: 80.0%\n');
  });
});
