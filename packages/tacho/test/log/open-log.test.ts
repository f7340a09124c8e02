import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/config.ts';
import type { LogEntry, Logger } from '../../src/log/logger.ts';
import { type Log, openLog } from '../../src/log/open-log.ts';

const NOW_MS = Date.UTC(2025, 6, 19, 1, 42, 25, 123);
const ENTRY: LogEntry = { event: 'slow_request', route: '/a\u001b\n\u2028"', status: 200, trace_id: null };

let written: string[];
let nowMs: number;

beforeEach(() => {
  written = [];
  nowMs = NOW_MS;
});

function open(destination: Config['logger']): Log {
  return openLog(
    destination,
    () => nowMs,
    (line) => written.push(line),
  );
}

function loggerOf(take: (level: string, entry: LogEntry) => unknown): Logger {
  return {
    info: (entry) => take('info', entry),
    warn: (entry) => take('warn', entry),
    error: (entry) => take('error', entry),
  };
}

describe('on stderr', () => {
  it.each(['info', 'warn', 'error'] as const)('an entry is a line of JSON: %s', (level) => {
    open('stderr').logger[level](ENTRY);
    expect(written).toEqual([
      `{"time":"2025-07-19T01:42:25.123Z","level":"${level}","event":"slow_request","route":"/a\\u001b\\n\\u2028\\"","status":200,"trace_id":null}`,
    ]);
    expect(JSON.parse(written[0] ?? '')).toEqual({ time: '2025-07-19T01:42:25.123Z', level, ...ENTRY });
  });

  it.each(['info', 'warn', 'error'] as const)('a notice is a line of text: %s', (level) => {
    open('stderr').notices[level]('port 1\u001b[2J is\nin use');
    expect(written).toEqual(['tacho: port 1\\u001b[2J is\\u000ain use']);
  });

  it('a notice that is to be rare is', () => {
    const { notices } = open('stderr');
    for (let times = 0; times < 5; times++) notices.warnRarely('user', 'the hook threw');
    nowMs += 60_000;
    notices.warnRarely('user', 'the hook threw');
    expect(written).toEqual([
      'tacho: the hook threw',
      'tacho: the hook threw (4 more like this were left out)',
    ]);
  });

  it('a clock that gives no time throws nothing', () => {
    nowMs = Number.NaN;
    expect(() => open('stderr').logger.warn(ENTRY)).not.toThrow();
  });
});

describe('silence', () => {
  it('is complete', () => {
    const { logger, notices } = open('silent');
    logger.error(ENTRY);
    notices.error('text');
    notices.warnRarely('kind', 'text');
    expect(written).toEqual([]);
  });
});

describe('a logger of the application', () => {
  it('takes entries and notices, and stderr none', () => {
    const taken: unknown[] = [];
    const { logger, notices } = open(loggerOf((level, entry) => taken.push([level, entry])));
    logger.info(ENTRY);
    logger.warn(ENTRY);
    notices.error('port in use');
    notices.info('listening');
    expect(taken).toEqual([
      ['info', ENTRY],
      ['warn', ENTRY],
      ['error', { event: 'notice', message: 'port in use' }],
      ['info', { event: 'notice', message: 'listening' }],
    ]);
    expect(written).toEqual([]);
  });

  it('keeps its this', () => {
    class Counting {
      count = 0;
      info(): void {
        this.count++;
      }
      warn = this.info;
      error = this.info;
    }
    const logger = new Counting();
    open(logger).logger.info(ENTRY);
    expect(logger.count).toBe(1);
  });

  const failing: [how: string, logger: Logger][] = [
    [
      'throw',
      loggerOf(() => {
        throw new Error('disk full');
      }),
    ],
    ['reject', loggerOf(() => Promise.reject(new Error('disk full')))],
    [
      'give a thenable that throws',
      loggerOf(() => ({
        // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tried
        get then() {
          throw new Error('disk full');
        },
      })),
    ],
  ];
  it.each(failing)('may %s, which is told once a minute', async (_how, logger) => {
    const log = open(logger);
    log.logger.error(ENTRY);
    log.notices.warn('text');
    await new Promise(setImmediate);
    expect(written).toEqual(['tacho: the logger failed, and its line is lost: it threw Error']);
  });

  it.each([[undefined], [null], [Object.create(null)], [Symbol('s')], [{ toString: () => 7n }]])(
    'may throw what has no text: %#',
    (thrown) => {
      const log = open(
        loggerOf(() => {
          throw thrown;
        }),
      );
      expect(() => log.logger.error(ENTRY)).not.toThrow();
      expect(written).toHaveLength(1);
    },
  );

  it('may be console, or one that takes more and gives something', () => {
    const given: Logger[] = [
      console,
      { info: (...all: unknown[]) => all, warn: (all: object, _text?: string) => all, error: async () => {} },
    ];
    for (const logger of given) expect(open(logger).logger).toEqual(expect.any(Object));
  });
});
