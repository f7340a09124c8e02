import { describe, expect, it } from '@jest/globals';
import { aMetric, aSummary } from './reports.ts';
import { serveEachTest } from './served-session.ts';

const each = serveEachTest();

describe('monitor on a pipe', () => {
  it('prints one plain line for each sample, at once, at each interval and at the end', async () => {
    const session = each.session();
    expect(await session.run('monitor', '--interval', '5', '--duration', '30')).toBe(0);
    expect(session.clock.waits).toEqual([0, 5, 10, 15, 20, 25, 30].map((seconds) => seconds * 1000));
    expect(session.lines).toHaveLength(7);
    expect([session.lines[0], session.lines[6]]).toEqual([
      '2026-11-23T12:45:01Z health=healthy requests=1250 errors_percent=2.4 avg_ms=234 p95_ms=1250 slow=12 ' +
        'cpu_percent=15.2 memory_percent=45.8 disk_percent=67.3 loop_p99_ms=4 heap_bytes=20000000',
      expect.stringMatching(/^2026-11-23T12:45:31Z health=healthy /),
    ]);
    expect(session.stderr).toBe('');
  });

  it('takes two samples in a minute unless told otherwise', async () => {
    const session = each.session();
    expect(await session.run('monitor')).toBe(0);
    expect(session.clock.waits).toEqual([0, 60_000]);
  });

  it('takes two samples where the interval is longer than the duration', async () => {
    const session = each.session();
    expect(await session.run('monitor', '--interval', '3600', '--duration', '2')).toBe(0);
    expect(session.clock.waits).toEqual([0, 2000]);
  });

  it('goes by the name that the guide gives it, too', async () => {
    const session = each.session();
    expect(await session.run('monitor_performance', '--interval', '10', '--duration', '20')).toBe(0);
    expect(session.lines).toHaveLength(3);
  });

  it('prints a dash for what is unknown', async () => {
    each.server.answers['/summary'] = aSummary({ total_requests: 0, p95: null, system_health: 'unknown' });
    each.server.answers['/system-metrics'] = [];
    const session = each.session();
    await session.run('monitor');
    expect(session.lines[0]).toMatch(
      /health=unknown requests=0 .* p95_ms=- .* cpu_percent=- memory_percent=- .* loop_p99_ms=- heap_bytes=-$/,
    );
    each.server.answers['/system-metrics'] = [aMetric({ cpu_percent: null })];
    const other = each.session();
    await other.run('monitor');
    expect(other.lines[0]).toContain('cpu_percent=- memory_percent=45.8');
  });

  it('has no escape sequence in it, even where colour is asked for', async () => {
    const session = each.session({ variables: { FORCE_COLOR: '1' } });
    await session.run('monitor');
    expect(session.stdout).not.toContain('\x1b');
  });

  it('asks for the four reports with the token, and for nothing else', async () => {
    await each.session().run('monitor', '--duration', '1');
    const targets = ['/summary', '/endpoints', '/slow-requests', '/system-metrics?hours=1'];
    expect(each.server.asked.map(({ method, target }) => `${method} ${target}`).sort()).toEqual(
      [...targets, ...targets].map((target) => `GET /api/performance${target}`).sort(),
    );
    expect(new Set(each.server.asked.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer a-token-for-these-tests']),
    );
  });
});
