import { describe, expect, it } from '@jest/globals';
import { openLog } from '../../src/log/open-log.ts';
import { RecentNotices } from '../../src/log/recent-notices.ts';

describe('recent notices', () => {
  it('has each warning once, the last said last, and nothing of what is no warning', () => {
    let nowMs = 1000;
    const recent = new RecentNotices(() => nowMs++);
    recent.add('warn', 'a');
    recent.add('error', 'b');
    recent.add('info', 'c');
    recent.add('warn', 'a');
    expect(recent.list()).toEqual({
      count: 3,
      latest: [
        { level: 'error', timeMs: 1001, text: 'b', count: 1 },
        { level: 'warn', timeMs: 1002, text: 'a', count: 2 },
      ],
    });
  });

  it('keeps 20 of any number, none longer than 500 characters, and counts all', () => {
    const recent = new RecentNotices(() => 0);
    for (let index = 0; index < 10_000; index++) recent.add('warn', `${index} ${'x'.repeat(5000)}`);
    const { count, latest } = recent.list();
    expect(count).toBe(10_000);
    expect(latest).toHaveLength(20);
    expect(Math.max(...latest.map(({ text }) => text.length))).toBe(500);
    expect(latest.at(-1)?.text).toMatch(/^9999 /);
  });

  it.each(['stderr', 'silent', { info() {}, warn() {}, error() {} }] as const)(
    'are kept wherever notices go: %j',
    (destination) => {
      const log = openLog(
        destination,
        () => 5,
        () => {},
      );
      log.notices.warnRarely('user', 'the hook threw');
      expect(log.recent.list().latest.map(({ text }) => text)).toEqual(['the hook threw']);
    },
  );
});
