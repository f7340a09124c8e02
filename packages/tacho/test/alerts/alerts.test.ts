import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS, MINUTE_MS, Window } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import { MemoryState } from '@tacho/store';
import { type Alerts, openAlerts } from '../../src/alerts/alerts.ts';
import { checkOptions } from '../../src/config/check-options.ts';
import { resolveConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import type { LogEntry, LogLevel } from '../../src/log/logger.ts';
import { notices } from '../../src/log/notices.ts';

const NOON_MS = Date.UTC(2026, 0, 15, 12);
const AT_ONCE = { name: 'error-rate', hold: '0s', keepFiring: '0s' };

/** A process of a service, of which a share of requests fails. */
class Process {
  readonly clock = new ManualClock(NOON_MS);
  readonly lines: [LogLevel, LogEntry][] = [];
  readonly warnings: string[] = [];
  failing = false;
  window: () => Promise<Window> = async () => this.#measured();

  open(alerts: unknown, state = new MemoryState({ clock: this.clock })): Alerts {
    const config = resolveConfig(checkOptions({ alerts }), readEnvironment({}));
    const line = (level: LogLevel) => (entry: LogEntry) => void this.lines.push([level, entry]);
    return openAlerts({
      config: config.alerts,
      mail: undefined,
      state,
      history: {
        window: async (fromMs, toMs) => ({
          window: await this.window(),
          fromMs,
          toMs,
          resolution: 'minute',
          skippedRows: 0,
          partial: false,
        }),
      },
      teller: { service: 'shop', host: 'a' },
      clock: this.clock,
      logger: { info: line('info'), warn: line('warn'), error: line('error') },
      notices: notices(this.clock.now, (_level, text) => this.warnings.push(text)),
    });
  }

  /** Looks each ten seconds, as the leader does. */
  async pass(durationMs: number, alerts: Alerts): Promise<void> {
    for (let passedMs = 0; passedMs < durationMs; passedMs += 10_000) {
      alerts.evaluate();
      await alerts.desk?.now();
      for (let turns = 0; turns < 40; turns++) await new Promise(setImmediate);
      this.clock.advance(10_000);
    }
  }

  #measured(): Window {
    const window = new Window(DEFAULT_LIMITS, this.clock.nowMs - MINUTE_MS, this.clock.nowMs);
    for (let times = 0; times < 40; times++) {
      const status = this.failing && times % 2 === 0 ? 500 : 200;
      const user = undefined;
      window.record({
        startMs: this.clock.nowMs - times,
        durationMs: 5,
        method: 'GET',
        route: '/x',
        status,
        outcome: 'completed',
        user,
        traceId: user,
      });
    }
    return window;
  }
}

describe('alerts of a process', () => {
  it('are nothing where they are switched off', () => {
    const alerts = new Process().open(false);
    expect(alerts.desk).toBeUndefined();
    expect(alerts.evaluate()).toBeUndefined();
    expect(alerts.end()).toBeUndefined();
  });

  it('are lines of the log, one when it begins and one when it is over, and none where all is well', async () => {
    const service = new Process();
    const alerts = service.open({ rules: [AT_ONCE, { name: 'endpoint-errors', enabled: false }] });
    await service.pass(10 * MINUTE_MS, alerts);
    expect(service.lines).toEqual([]);
    service.failing = true;
    await service.pass(10 * MINUTE_MS, alerts);
    service.failing = false;
    await service.pass(10 * MINUTE_MS, alerts);
    expect(service.lines).toMatchObject([
      [
        'error',
        { event: 'alert', state: 'firing', severity: 'critical', rule: 'error-rate', subject: 'all' },
      ],
      ['info', { event: 'alert', state: 'resolved', service: 'shop', host: 'a' }],
    ]);
    for (const [, entry] of service.lines)
      expect(Object.values(entry).every((value) => typeof value !== 'object' || value === null)).toBe(true);
    expect(service.warnings).toEqual([]);
  });

  it('are no lines where the log is not to have them, and are there all the same', async () => {
    const service = new Process();
    const alerts = service.open({ log: false, rules: [AT_ONCE] });
    service.failing = true;
    await service.pass(3 * MINUTE_MS, alerts);
    expect(service.lines).toEqual([]);
    const now = await alerts.desk?.now();
    expect(now?.active.map(({ rule, state }) => `${rule} ${state}`)).toContain('error-rate firing');
    expect(now?.notifiers).toEqual([]);
  });

  it('are known and silenced in a process that does not lead', async () => {
    const service = new Process();
    const state = new MemoryState({ clock: service.clock });
    const [leader, other] = [service.open({ rules: [AT_ONCE] }, state), service.open({}, state)];
    await other.desk?.silence({
      rule: undefined,
      subject: undefined,
      untilMs: NOON_MS + 60 * MINUTE_MS,
      by: 'me',
      comment: '',
    });
    service.failing = true;
    await service.pass(5 * MINUTE_MS, leader);
    expect(service.lines).toEqual([]);
    expect((await other.desk?.now())?.active[0]).toMatchObject({ state: 'firing', isSilenced: true });
    expect(await other.desk?.test()).toEqual([{ notifier: 'log', failure: undefined }]);
    expect(service.lines).toMatchObject([['info', { event: 'alert', state: 'test' }]]);
  });

  it('hold up nobody where the past never answers, and begin nothing once they have ended', async () => {
    const service = new Process();
    let reads = 0;
    service.window = () => {
      reads++;
      return new Promise(() => {});
    };
    const alerts = service.open({});
    await service.pass(5 * MINUTE_MS, alerts);
    expect(reads).toBe(1);
    const ended = service.open({});
    ended.end();
    await service.pass(5 * MINUTE_MS, ended);
    expect(reads).toBe(1);
  });

  it('say what can not be read once a minute, and go on', async () => {
    const service = new Process();
    service.window = () => Promise.reject(new Error('no such thing'));
    await service.pass(2 * MINUTE_MS, service.open({}));
    expect(service.warnings[0]).toBe('the rule "slow-requests" could not be read: Error: no such thing');
    expect(service.warnings.length).toBeLessThanOrEqual(3);
  });
});
