import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { optionsWith, refusalOf } from './refusal.ts';

type Wrong = readonly [value: unknown, seen: string];

/** No option that takes a number, a text or a list takes these. */
const NEVER: Wrong[] = [
  [null, 'null'],
  [true, 'true'],
  [Symbol('s'), 'a symbol'],
  [() => 1, 'a function'],
  [{}, 'an object'],
  [new Date(0), 'an instance of Date'],
  [10n, '10n'],
  [10n ** 40n, 'a bigint'],
];
const NUMBERS: Wrong[] = [
  ...NEVER,
  [-1, '-1'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [2 ** 53, '9007199254740992'],
  ['10', '"10"'],
  ['', '""'],
  [[10], 'an array of 1'],
];
const FRACTION: Wrong = [50.5, '50.5'];
const TEXTS: Wrong[] = [...NEVER, ['', '""'], ['a\0b', '"a\\u0000b"'], [7, '7'], [['a'], 'an array of 1']];
const A_LONG_TEXT = 'x'.repeat(5000);
const ITS_BEGINNING = `"${'x'.repeat(60)}…" (5000 characters)`;

interface Row {
  readonly path: string;
  readonly allowed: string;
  readonly wrong: readonly Wrong[];
}

const ADMIN_API = 'false, or an object with some of port, host, tokens, jwt, authenticate and others';
const PERCENT = 'a number from 0 to 100';
const STORE =
  '"memory", or the path of a file: with a / or \\ in it, or ending in .db or .sqlite; no URL, no ~';
const INSTRUMENTATION = 'an OpenTelemetry instrumentation such as new PgInstrumentation()';
const HEADER = 'the name of a header in small letters such as "user-agent"';
const IGNORED_PATH = 'a path of 1 to 1024 characters that begins with / and has no ?, no # and no blanks';

const ROWS: Row[] = [
  {
    path: 'serviceName',
    allowed: '1 to 255 characters, not only blanks, no control characters',
    wrong: [
      ...TEXTS,
      ['  ', '"  "'],
      ['a\nb', '"a\\nb"'],
      ['\u001b[2Jx', '"\\u001b[2Jx"'],
      ['\u009bx', '"\\u009bx"'],
      [A_LONG_TEXT, ITS_BEGINNING],
      ['é'.repeat(256), `"${'é'.repeat(60)}…" (256 characters)`],
    ],
  },
  {
    path: 'serviceVersion',
    allowed: '1 to 255 characters, not only blanks, no control characters',
    wrong: [
      ...TEXTS,
      ['  ', '"  "'],
      ['a\nb', '"a\\nb"'],
      ['\u001b[2Jx', '"\\u001b[2Jx"'],
      ['\u009bx', '"\\u009bx"'],
      [A_LONG_TEXT, ITS_BEGINNING],
      ['é'.repeat(256), `"${'é'.repeat(60)}…" (256 characters)`],
    ],
  },
  {
    path: 'traces',
    allowed: '"on" or "off"',
    wrong: [...TEXTS, ['ON', '"ON"'], [false, 'false'], ['standard', '"standard"']],
  },
  {
    path: 'http',
    allowed: '"lean" or "standard"',
    wrong: [...TEXTS, ['Lean', '"Lean"'], [A_LONG_TEXT, ITS_BEGINNING]],
  },
  {
    path: 'instrumentations',
    allowed: `"auto", or an array of at most 100, each ${INSTRUMENTATION}`,
    wrong: [
      ...NEVER,
      ['', '""'],
      ['AUTO', '"AUTO"'],
      ['pg', '"pg"'],
      [new PgInstrumentation({ enabled: false }), 'an instance of PgInstrumentation'],
    ],
  },
  {
    path: 'adminApi.port',
    allowed: 'a whole number from 0 to 65535',
    wrong: [...NUMBERS, FRACTION, [65_536, '65536']],
  },
  {
    path: 'adminApi.host',
    allowed: 'an IP address or a host name, without a port',
    wrong: [
      ...TEXTS,
      ['localhost:80', '"localhost:80"'],
      ['[::1]', '"[::1]"'],
      ['1.2.3', '"1.2.3"'],
      ['256.1.1.1', '"256.1.1.1"'],
      ['-a.example', '"-a.example"'],
      ['a..example', '"a..example"'],
      ['.', '"."'],
      ['a b', '"a b"'],
      ['http://me:secret@host', '"http://…"'],
      [`${'a'.repeat(64)}.example`, `"${'a'.repeat(60)}…" (72 characters)`],
      [A_LONG_TEXT, ITS_BEGINNING],
    ],
  },
  {
    path: 'store',
    allowed: STORE,
    wrong: [
      ...TEXTS,
      ['Memory', '"Memory"'],
      ['memroy', '"memroy"'],
      ['sqlite', '"sqlite"'],
      ['tacho.DB', '"tacho.DB"'],
      ['./a\0.db', '"./a\\u0000.db"'],
      [':memory:', '":memory:"'],
      ['file:tacho.db', '"file:tacho.db"'],
      ['~/tacho.db', '"~/tacho.db"'],
      ['data/', '"data/"'],
      ['data/.', '"data/."'],
      ['..\\..', '"..\\\\.."'],
      ['clickhouse://me:secret@host/base', '"clickhouse://…"'],
      [`./${A_LONG_TEXT}`, `"./${'x'.repeat(58)}…" (5002 characters)`],
    ],
  },
  {
    path: 'retentionDays',
    allowed: 'a whole number from 1 to 3650, or an object with some of minutes, hours, days',
    wrong: [
      ...NUMBERS.filter(([value]) => typeof value !== 'object'),
      FRACTION,
      [0, '0'],
      [3651, '3651'],
      [null, 'null'],
      [[30], 'an array of 1'],
      [new Map(), 'an instance of Map'],
    ],
  },
  ...['minutes', 'hours', 'days'].map(
    (name): Row => ({
      path: `retentionDays.${name}`,
      allowed: 'a whole number from 1 to 3650',
      wrong: [...NUMBERS, FRACTION, [0, '0'], [3651, '3651']],
    }),
  ),
  {
    path: 'maxStoreBytes',
    allowed: 'a whole number from 16777216 to 1099511627776',
    wrong: [
      ...NUMBERS,
      [16_777_215, '16777215'],
      [16_777_216.5, '16777216.5'],
      [1_099_511_627_777, '1099511627777'],
    ],
  },
  {
    path: 'backup',
    allowed: 'false, or an object with every, and perhaps keep, dir',
    wrong: [
      [null, 'null'],
      [true, 'true'],
      ['1d', 'a string of 2 characters'],
      [['1d'], 'an array of 1'],
    ],
  },
  {
    path: 'backup.every',
    allowed: 'minutes, hours or days such as "30m", "6h" or "1d", from "1m" to "30d"',
    wrong: [
      ...TEXTS,
      [undefined, 'undefined'],
      ['0m', '"0m"'],
      ['30s', '"30s"'],
      ['31d', '"31d"'],
      ['43201m', '"43201m"'],
      ['-1d', '"-1d"'],
      ['1.5h', '"1.5h"'],
      ['1D', '"1D"'],
      ['1 d', '"1 d"'],
      ['1d12h', '"1d12h"'],
      ['1e3m', '"1e3m"'],
      ['daily', '"daily"'],
      ['d', '"d"'],
    ],
  },
  {
    path: 'user',
    allowed: 'a function',
    wrong: [
      [null, 'null'],
      [false, 'false'],
      ['request.user', '"request.user"'],
      [{}, 'an object'],
    ],
  },
  {
    path: 'logger',
    allowed: 'false, or an object with the methods info, warn and error',
    wrong: [
      [null, 'null'],
      [true, 'true'],
      ['console', '"console"'],
      [0, '0'],
    ],
  },
  {
    path: 'ignorePaths',
    allowed: `an array of at most 100, each ${IGNORED_PATH}`,
    wrong: [
      ...NEVER,
      ['/health', '"/health"'],
      [new Set(['/a']), 'an instance of Set'],
      [Array.from({ length: 101 }, (_, index) => `/${index}`), 'an array of 101'],
      [new Array(2 ** 32 - 1), 'an array of 4294967295'],
    ],
  },
  {
    path: 'maxEndpoints',
    allowed: 'a whole number from 10 to 100000',
    wrong: [...NUMBERS, FRACTION, [0, '0'], [-0, '-0'], [9, '9'], [100_001, '100001']],
  },
  {
    path: 'privacy.clientAddress',
    allowed: '"truncate" or "full"',
    wrong: [...TEXTS, ['drop', '"drop"'], ['FULL', '"FULL"']],
  },
  ...['query', 'errorText'].map(
    (name): Row => ({
      path: `privacy.${name}`,
      allowed: '"drop" or "keep"',
      wrong: [...TEXTS, ['truncate', '"truncate"']],
    }),
  ),
  {
    path: 'privacy.headers',
    allowed: `"drop" or "keep", or an array of at most 100, each ${HEADER}`,
    wrong: [...NEVER, ['', '""'], ['user-agent', '"user-agent"'], [7, '7']],
  },
  { path: 'privacy.path', allowed: '"template" or "full"', wrong: [...TEXTS, ['drop', '"drop"']] },
  ...['cpuWarning', 'cpuCritical', 'memoryWarning', 'memoryCritical', 'diskWarning', 'diskCritical'].map(
    (name): Row => ({
      path: `thresholds.${name}`,
      allowed: PERCENT,
      wrong: [...NUMBERS, [100.1, '100.1']],
    }),
  ),
  {
    path: 'diskPath',
    allowed: 'a path of 1 to 4096 characters, none of them NUL',
    wrong: [...TEXTS, [A_LONG_TEXT, ITS_BEGINNING]],
  },
];

const cases = ROWS.flatMap(({ path, allowed, wrong }) =>
  wrong.map(([value, seen]) => ({ path, value, seen, allowed })),
);

describe('a wrong option', () => {
  it.each(cases)('is named, with the value seen and what is allowed: $path is $seen', (wrong) => {
    const { code, message, hint } = refusalOf(optionsWith(wrong.path, wrong.value));
    expect(code).toBe('TACHO_BAD_OPTION');
    expect(message).toBe(`option "${wrong.path}" is ${wrong.seen}; allowed: ${wrong.allowed}`);
    expect(hint).toMatch(/default/);
  });

  it('in an array is named by its index', () => {
    const ignorePaths = ['/ok', 'health', '/a?b', '/a b', '', 7, undefined, '/ok', `/${'x'.repeat(1024)}`];
    const allowed = `allowed: ${IGNORED_PATH}`;
    expect(refusalOf({ ignorePaths }).message.split('\n')).toEqual([
      `option "ignorePaths[1]" is "health"; ${allowed}`,
      `option "ignorePaths[2]" is "/a?b"; ${allowed}`,
      `option "ignorePaths[3]" is "/a b"; ${allowed}`,
      `option "ignorePaths[4]" is ""; ${allowed}`,
      `option "ignorePaths[5]" is 7; ${allowed}`,
      `option "ignorePaths[6]" is undefined; ${allowed}`,
      'option "ignorePaths[7]" is "/ok"; allowed: a value that is not in the array already',
      `option "ignorePaths[8]" is "/${'x'.repeat(59)}…" (1025 characters); ${allowed}`,
    ]);
  });

  it('among instrumentations may be whatever is none', () => {
    const none = { ...new PgInstrumentation({ enabled: false }), instrumentationName: 'pg' };
    const hostile = new Proxy(
      {},
      {
        get() {
          throw new Error('read');
        },
      },
    );
    const instrumentations = [PgInstrumentation, 'pg', [none], none, null, hostile];
    const allowed = `allowed: ${INSTRUMENTATION}`;
    expect(refusalOf({ instrumentations }).message.split('\n')).toEqual([
      `option "instrumentations[0]" is a function; ${allowed}`,
      `option "instrumentations[1]" is "pg"; ${allowed}`,
      `option "instrumentations[2]" is an array of 1; ${allowed}`,
      `option "instrumentations[3]" is an object; ${allowed}`,
      `option "instrumentations[4]" is null; ${allowed}`,
      `option "instrumentations[5]" is an object; ${allowed}`,
    ]);
  });

  it('among names of headers is one that no header has, or that is not in small letters', () => {
    const headers = ['User-Agent', 'a b', '', 'x-ü', 'accept', 'accept'];
    const allowed = `allowed: ${HEADER}`;
    expect(refusalOf({ privacy: { headers } }).message.split('\n')).toEqual([
      `option "privacy.headers[0]" is "User-Agent"; ${allowed}`,
      `option "privacy.headers[1]" is "a b"; ${allowed}`,
      `option "privacy.headers[2]" is ""; ${allowed}`,
      `option "privacy.headers[3]" is "x-ü"; ${allowed}`,
      'option "privacy.headers[5]" is "accept"; allowed: a value that is not in the array already',
    ]);
  });

  it('is missed in a hole of an array too', () => {
    const holed = ['/a'];
    holed[2] = '/b';
    expect(refusalOf({ ignorePaths: holed }).message).toContain('option "ignorePaths[1]" is undefined;');
  });

  it.each(['info', 'warn', 'error'])('may be a method that a logger lacks: %s', (name) => {
    const { message } = refusalOf({ logger: { ...console, [name]: 'no' } });
    expect(message).toBe(`option "logger.${name}" is "no"; allowed: a function`);
  });
});

describe('what stands in the place of options', () => {
  class Options {
    adminApi = false;
  }
  it.each([
    [null, 'null'],
    ['x', 'a string of 1 character'],
    ['', 'a string of 0 characters'],
    [[], 'an array of 0'],
    [() => {}, 'a function'],
    [0, 'a number'],
    [false, 'false'],
    [1n, 'a bigint'],
    [Symbol('x'), 'a symbol'],
    [new Map(), 'an instance of Map'],
    [Promise.resolve(), 'an instance of Promise'],
    [new Options(), 'an instance of Options'],
    [Object.create({ adminApi: false }), 'an object'],
  ])('is refused by its kind: %p', (value, seen) => {
    expect(refusalOf(value).message).toBe(
      `the argument of startMonitoring is ${seen}; allowed: nothing, or an object of options such as { serviceName: 'shop' }`,
    );
  });

  it.each([
    ['adminApi', true, 'true', ADMIN_API],
    ['adminApi', null, 'null', ADMIN_API],
    ['adminApi', 9797, 'a number', ADMIN_API],
    ['privacy', false, 'false', 'an object with some of path, query, headers, clientAddress, errorText'],
    ['privacy', [], 'an array of 0', 'an object with some of path, query, headers, clientAddress, errorText'],
    ['thresholds', 70, 'a number', 'an object of percentages such as { cpuWarning: 60 }'],
    ['thresholds', new Map(), 'an instance of Map', 'an object of percentages such as { cpuWarning: 60 }'],
  ])('is refused within them too: %s %p', (path, value, seen, allowed) => {
    expect(refusalOf({ [path]: value }).message).toBe(`option "${path}" is ${seen}; allowed: ${allowed}`);
  });
});

describe('thresholds', () => {
  it.each([
    [
      { cpuWarning: 95 },
      'option "thresholds.cpuWarning" is 95; allowed: a number from 0 to 90 (thresholds.cpuCritical)',
    ],
    [
      { memoryCritical: 60 },
      'option "thresholds.memoryCritical" is 60; allowed: a number from 70 (thresholds.memoryWarning) to 100',
    ],
    [
      { diskWarning: 50, diskCritical: 40 },
      'option "thresholds.diskWarning" is 50; allowed: a number from 0 to 40 (thresholds.diskCritical)',
    ],
  ])('have no warning above its critical: %p', (thresholds, message) => {
    expect(refusalOf({ thresholds }).message).toBe(message);
  });
});

describe('retention', () => {
  it.each([
    [
      { minutes: 31 },
      'option "retentionDays.minutes" is 31; allowed: a whole number from 1 to 30 (retentionDays.hours)',
    ],
    [
      { days: 7 },
      'option "retentionDays.days" is 7; allowed: a whole number from 30 (retentionDays.hours) to 3650',
    ],
    [
      { minutes: 8, hours: 7, days: 90 },
      'option "retentionDays.minutes" is 8; allowed: a whole number from 1 to 7 (retentionDays.hours)',
    ],
  ])('keeps no finer level for longer than a coarser one: %p', (retentionDays, message) => {
    expect(refusalOf({ retentionDays }).message).toBe(message);
  });
});

describe('backups', () => {
  it.each([
    [{ keep: 0 }, 'option "backup.keep" is 0; allowed: a whole number from 1 to 1000'],
    [{ keep: 1001 }, 'option "backup.keep" is 1001; allowed: a whole number from 1 to 1000'],
    [{ dir: '' }, 'option "backup.dir" is ""; allowed: a path of 1 to 4096 characters, none of them NUL'],
    [
      { dir: 'a\0' },
      'option "backup.dir" is "a\\u0000"; allowed: a path of 1 to 4096 characters, none of them NUL',
    ],
  ])('are wrong in a part: %p', (part, message) => {
    expect(refusalOf({ backup: { every: '1d', ...part } }).message).toBe(message);
  });

  it('need a store that is a file', () => {
    expect(refusalOf({ store: 'memory', backup: { every: '1d' } }).message).toBe(
      'option "backup" is an object; allowed: false, where option "store" is "memory"',
    );
  });
});

describe('encryption keys', () => {
  const SECRET = 'Xyzzy';
  const RIGHT = '0123456789abcdef'.repeat(4);
  const KEY = '32 random bytes, as 64 hex digits or as base64';
  const ARRAY = `an array of at most 8, each ${KEY}`;
  it.each([
    ['', '', 'a string of 0 characters', KEY],
    [SECRET, '', 'a string of 5 characters', KEY],
    [RIGHT.slice(32), '', 'a string of 32 characters', KEY],
    ['0'.repeat(64), '', 'a string of 64 characters', KEY],
    [`${RIGHT} `, '', 'a string of 65 characters', KEY],
    [20240501, '', 'a number', KEY],
    [true, '', 'true', KEY],
    [null, '', 'null', ARRAY],
    [Buffer.from(SECRET), '', 'an instance of Buffer', ARRAY],
    [{ [SECRET]: SECRET }, '', 'an object', ARRAY],
    [[], '', 'an array of 0', 'one key at least'],
    [Array.from({ length: 9 }, () => RIGHT), '', 'an array of 9', ARRAY],
    [[RIGHT, SECRET], '[1]', 'a string of 5 characters', KEY],
    [[RIGHT, [SECRET]], '[1]', 'an array of 1', KEY],
    [[RIGHT, undefined], '[1]', 'undefined', KEY],
    [[RIGHT, RIGHT], '[1]', 'a string of 64 characters', 'a value that is not in the array already'],
  ])('that are wrong are refused and not shown: %#', (encryptionKey, index, seen, allowed) => {
    const error = refusalOf({ encryptionKey });
    expect(error.message).toBe(`option "encryptionKey${index}" is ${seen}; allowed: ${allowed}`);
    expect(inspect(error, { depth: null })).not.toMatch(/Xyzzy|20240501|0123456789abcdef/);
  });

  it.each([
    { encryption: RIGHT },
    { encryptionKeys: [RIGHT] },
    { backup: RIGHT },
    { backup: { key: RIGHT } },
    { retentionDays: { [RIGHT]: 1 }, encryptionkey: RIGHT },
  ])('are not shown where they are misplaced either: %#', (options) => {
    const { message } = refusalOf(options);
    expect(message.replace(`"retentionDays.${RIGHT.slice(0, 46)}…"`, '')).not.toContain('0123456789abcdef');
  });
});

describe('several problems', () => {
  it('are all told, one a line, in the order of the options given', () => {
    const { message } = refusalOf({ store: 'disk', adminApi: { port: -1, hots: 'a' }, maxEndpoints: 1.5 });
    expect(message.split('\n')).toEqual([
      `option "store" is "disk"; allowed: ${STORE}`,
      'option "adminApi.port" is -1; allowed: a whole number from 0 to 65535',
      'option "adminApi.hots" is unknown; did you mean "adminApi.host"?; allowed: ' +
        'listen, port, host, tokens, jwt, authenticate, trustedProxies, allowedHosts, allowedOrigins, rateLimit',
      'option "maxEndpoints" is 1.5; allowed: a whole number from 10 to 100000',
    ]);
  });

  it('are counted past the tenth', () => {
    const options = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`unknown${index}`, index]),
    );
    const lines = refusalOf(options).message.split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[10]).toBe('and 990 more');
  });
});
