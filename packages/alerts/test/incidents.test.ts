import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '@tacho/core';
import type { AlertMessage } from '../src/message.ts';
import { EVERY_MS, readingOf, ruleOf, Watch } from './alerting.ts';

const LATER_MS = 20 * MINUTE_MS;

/** Fires at the first look, and is resolved at the first one that finds nothing. */
function quick(name: string, severity: 'warning' | 'critical' = 'critical') {
  return ruleOf(name, { holdMs: 0, keepFiringMs: 0, severity });
}

/** Without the incident's number: what was told, of whom. */
function told(messages: readonly AlertMessage[]): string[] {
  return messages.map(({ id, severity, alerts }) => {
    const what = id.split('-').at(-1);
    return [what, severity, ...alerts.map(({ rule, subject }) => `${rule} ${subject}`)].join(', ');
  });
}

describe('an incident', () => {
  it('is told once when it begins, after a wait, and once when it is over', () => {
    const watch = new Watch([quick('errors')]);
    expect(told(watch.see({ errors: ['GET /x'] }))).toEqual([]);
    expect(told(watch.see({ errors: ['GET /x'] }))).toEqual(['firing, critical, errors GET /x']);
    expect(told(watch.seeFor(HOUR_MS, { errors: ['GET /x'] }))).toEqual([]);
    expect(told(watch.see({}))).toEqual(['resolved, critical, errors GET /x']);
    expect(told(watch.seeFor(HOUR_MS, {}))).toEqual([]);
    expect(watch.memory.incidents).toEqual([]);
  });

  it.each([28_000, 29_990, 30_010])(
    'waits for no other look because of a timer that is a little early or late: %d',
    (afterMs) => {
      const watch = new Watch([quick('errors')]);
      watch.see({ errors: ['GET /x'] });
      expect(watch.see({ errors: ['GET /x'] }, afterMs)).toHaveLength(1);
    },
  );

  it('has all that fires while it waits, the worst first', () => {
    const watch = new Watch([quick('slow', 'warning'), quick('errors')]);
    watch.see({ slow: ['GET /x'] });
    expect(told(watch.see({ slow: ['GET /x'], errors: ['all'] }))).toEqual([
      'firing, critical, errors all, slow GET /x',
    ]);
  });

  it('that was over before anybody was told is not told at all', () => {
    const watch = new Watch([quick('errors')]);
    watch.see({ errors: ['GET /x'] });
    expect(watch.seeFor(HOUR_MS, {})).toEqual([]);
    expect(watch.memory.incidents).toEqual([]);
  });

  it('takes in what fires soon after it, and is over with the last of it', () => {
    const watch = new Watch([quick('errors'), quick('cpu')]);
    watch.seeFor(10 * MINUTE_MS, { errors: ['GET /x'] });
    const both = { errors: ['GET /x'], cpu: ['host'] };
    expect(told(watch.seeFor(10 * MINUTE_MS, both))).toEqual([]);
    expect(told(watch.seeFor(10 * MINUTE_MS, { cpu: ['host'] }))).toEqual([]);
    expect(told(watch.see({}))).toEqual(['resolved, critical, errors GET /x, cpu host']);
  });

  it('takes in what its rules find within an hour, and what is about its endpoints, however late', () => {
    const watch = new Watch([quick('errors'), quick('slow')]);
    watch.seeFor(LATER_MS, { errors: ['GET /x'] });
    expect(told(watch.seeFor(LATER_MS, { errors: ['GET /x', 'GET /y'] }))).toHaveLength(0);
    expect(told(watch.seeFor(2 * HOUR_MS, { errors: ['GET /x'] }))).toHaveLength(0);
    expect(told(watch.seeFor(LATER_MS, { errors: ['GET /x'], slow: ['GET /x'] }))).toHaveLength(0);
    expect(watch.memory.incidents).toHaveLength(1);
  });

  it('that goes on for days hides no other endpoint that begins to fail, and no other thing of the host', () => {
    const watch = new Watch([quick('errors'), quick('disk'), quick('cpu')]);
    watch.seeFor(LATER_MS, { errors: ['GET /x'] });
    watch.seeFor(2 * HOUR_MS, { errors: ['GET /x'], disk: ['host'] });
    const more = { errors: ['GET /x', 'GET /y'], disk: ['host'] };
    expect(told(watch.seeFor(LATER_MS, more))).toEqual(['firing, critical, errors GET /y']);
    expect(told(watch.seeFor(LATER_MS, { ...more, cpu: ['host'] }))).toEqual(['firing, critical, cpu host']);
  });

  it('is another where it has nothing to do with one that has been open for long', () => {
    const watch = new Watch([quick('errors'), quick('cpu')]);
    watch.seeFor(LATER_MS, { errors: ['GET /x'] });
    const both = { errors: ['GET /x'], cpu: ['host'] };
    expect(told(watch.seeFor(LATER_MS, both))).toEqual(['firing, critical, cpu host']);
    expect(told(watch.see({ cpu: ['host'] }))).toEqual(['resolved, critical, errors GET /x']);
  });

  it('that is but a warning waits for five minutes, and is told at once when something critical joins it', () => {
    const watch = new Watch([quick('slow', 'warning'), quick('errors')]);
    expect(told(watch.seeFor(3 * MINUTE_MS, { slow: ['GET /x'] }))).toEqual([]);
    expect(told(watch.see({ slow: ['GET /x'], errors: ['GET /x'] }))).toEqual([
      'firing, critical, errors GET /x, slow GET /x',
    ]);
  });

  it('that was told as a warning is told once more when something critical joins it, and no third time', () => {
    const watch = new Watch([quick('slow', 'warning'), quick('errors'), quick('cpu')]);
    const [slow, errors, cpu] = [{ slow: ['GET /x'] }, { errors: ['GET /x'] }, { cpu: ['host'] }];
    expect(told(watch.seeFor(6 * MINUTE_MS, slow))).toEqual(['firing, warning, slow GET /x']);
    expect(told(watch.see({ ...slow, ...errors }))).toEqual(['escalated, critical, errors GET /x']);
    expect(told(watch.seeFor(HOUR_MS, { ...slow, ...errors, ...cpu }))).toEqual([]);
    expect(told(watch.see({}))).toEqual(['resolved, critical, errors GET /x, cpu host, slow GET /x']);
  });

  it('that comes and goes all the time is one message in five minutes at most', () => {
    const watch = new Watch([quick('errors')]);
    for (let times = 0; times < 120; times++) watch.see(times % 4 < 2 ? { errors: ['GET /x'] } : {});
    const atMs = watch.messages.map((message) => message.atMs);
    const gaps = atMs.slice(1).map((ms, index) => ms - (atMs[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5 * MINUTE_MS);
    expect(watch.messages.length).toBeGreaterThan(2);
  });

  it('of ten thousand endpoints is one message, with the worst, and a count of the rest', () => {
    const rules = [quick('errors'), quick('slow', 'warning')];
    const watch = new Watch(rules);
    const readings = Array.from({ length: 10_000 }, (_, index) =>
      readingOf(`GET /${index}`, { value: 11 + index }),
    );
    for (let looks = 0; looks < 20; looks++) {
      watch.nowMs += EVERY_MS;
      watch.evaluate(rules.map((rule) => ({ rule, readings })));
    }
    expect(watch.messages).toHaveLength(1);
    expect(watch.messages[0]?.alerts[0]?.subject).toBe('GET /9999');
    expect(watch.messages[0]).toMatchObject({ more: 20_000 - 20 });
  });
});

describe('a silenced alert', () => {
  it('is not told, and its end is not either', () => {
    const watch = new Watch([quick('errors')]);
    watch.silence({ rule: 'errors' }, 2 * HOUR_MS);
    watch.seeFor(HOUR_MS, { errors: ['GET /x'] });
    watch.seeFor(HOUR_MS, {});
    expect(watch.messages).toEqual([]);
  });

  it('that still fires when the silence ends is told then', () => {
    const watch = new Watch([quick('errors')]);
    watch.silence({ subject: 'GET /x' }, HOUR_MS);
    expect(told(watch.seeFor(HOUR_MS - MINUTE_MS, { errors: ['GET /x'] }))).toEqual([]);
    expect(told(watch.seeFor(3 * MINUTE_MS, { errors: ['GET /x'] }))).toEqual([
      'firing, critical, errors GET /x',
    ]);
  });

  it('is told when the silence ends though its rule was told of another meanwhile', () => {
    const watch = new Watch([quick('errors')]);
    watch.silence({ subject: 'GET /x' }, HOUR_MS);
    expect(told(watch.seeFor(30 * MINUTE_MS, { errors: ['GET /x', 'GET /y'] }))).toEqual([
      'firing, critical, errors GET /y',
    ]);
    expect(told(watch.seeFor(HOUR_MS, { errors: ['GET /x', 'GET /y'] }))).toEqual([
      'firing, critical, errors GET /x',
    ]);
  });

  it('that is silenced while its incident waits to be told is told after the silence', () => {
    const watch = new Watch([quick('errors'), quick('cpu')]);
    const both = { errors: ['GET /x'], cpu: ['host'] };
    watch.see(both);
    watch.silence({ rule: 'errors' }, HOUR_MS);
    expect(told(watch.seeFor(30 * MINUTE_MS, both))).toEqual(['firing, critical, cpu host']);
    expect(told(watch.seeFor(HOUR_MS, both))).toEqual(['firing, critical, errors GET /x']);
  });

  it('that was told before is told to be over, as somebody waits for that', () => {
    const watch = new Watch([quick('errors')]);
    watch.seeFor(10 * MINUTE_MS, { errors: ['GET /x'] });
    watch.silence({}, 24 * HOUR_MS);
    expect(told(watch.see({}))).toEqual(['resolved, critical, errors GET /x']);
  });

  it.each([
    [{ rule: 'errors' }, ['firing, critical, cpu host']],
    [{ subject: 'host' }, ['firing, critical, errors GET /x']],
    [{ rule: 'errors', subject: 'host' }, ['firing, critical, errors GET /x, cpu host']],
    [{}, []],
  ])('is one that everything which is given fits: %j', (given, expected) => {
    const watch = new Watch([quick('errors'), quick('cpu')]);
    watch.silence(given, HOUR_MS);
    expect(told(watch.seeFor(5 * MINUTE_MS, { errors: ['GET /x'], cpu: ['host'] }))).toEqual(expected);
  });
});
