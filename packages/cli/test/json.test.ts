import { describe, expect, it } from '@jest/globals';
import { someAnswers } from './reports.ts';
import { serveEachTest } from './served-session.ts';

const each = serveEachTest();

describe('monitor --json', () => {
  it.each([undefined, { columns: 80, rows: 24 }])(
    'prints one object a line for each sample, terminal or not: %j',
    async (terminal) => {
      const answers = someAnswers();
      const session = each.session(terminal && { terminal });
      expect(await session.run('monitor', '--json', '--interval', '20')).toBe(0);
      const samples = session.lines.map((line) => JSON.parse(line));
      expect(samples.map(({ timestamp }) => timestamp)).toEqual([
        '2026-11-23T12:45:01.250000Z',
        '2026-11-23T12:45:21.250000Z',
        '2026-11-23T12:45:41.250000Z',
        '2026-11-23T12:46:01.250000Z',
      ]);
      expect(samples[0]).toEqual({
        timestamp: '2026-11-23T12:45:01.250000Z',
        summary: answers['/summary'],
        endpoints: answers['/endpoints'],
        slow_requests: answers['/slow-requests'],
        system_metrics: answers['/system-metrics'].at(-1),
      });
      expect(session.stdout).not.toContain('\x1b');
    },
  );

  it('has null for a host that nothing is known of', async () => {
    each.server.answers['/system-metrics'] = [];
    const session = each.session();
    await session.run('monitor', '--json');
    expect(JSON.parse(session.lines[0] ?? '')).toMatchObject({ system_metrics: null });
  });
});
