import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { validateAlerts } from '@tacho/api-contract';
import { TOKEN } from './admin-server.ts';
import { AlertingService, anAlert, VIEWER_TOKEN } from './alerting-service.ts';
import { Session, type SessionOptions } from './session.ts';
import { START_MS } from './virtual-clock.ts';

let service: AlertingService;
beforeEach(async () => {
  service = await AlertingService.start();
});
afterEach(() => service.close());

interface Told {
  exitCode: number;
  stdout: string;
  stderr: string;
}

async function alerts(argv: readonly string[], options: SessionOptions = {}, token = TOKEN): Promise<Told> {
  const session = new Session({ ...options, variables: { TACHO_ADMIN_TOKEN: token, ...options.variables } });
  const exitCode = await session.run('alerts', ...argv, '--url', service.url);
  return { exitCode, stdout: session.stdout, stderr: session.stderr.replaceAll(service.url, 'URL') };
}

const idOf = ({ stdout }: Told): string => /unsilence (\w{12})/.exec(stdout)?.[1] ?? '';

describe('tacho alerts', () => {
  it('lists what fires, the worst first, and from what', async () => {
    const slow = { rule: 'slow-requests', kind: 'slow-request', severity: 'warning', unit: 'ms' } as const;
    await service.fire(
      anAlert({
        ...slow,
        subject: 'GET /reports/{id}',
        value: 6543,
        threshold: 5000,
        state: 'pending',
        causes: [],
      }),
      anAlert(),
    );
    const lines = [
      'STATE    SEVERITY  RULE           VALUE                 SINCE                 SUBJECT',
      'firing   critical  error-rate     34.2% (over 10.0%)    2026-11-23T12:40:01Z  all',
      '  from version 1.5.0 81.0%, user k1.ada 12.0%',
      'pending  warning   slow-requests  6.54 s (over 5.00 s)  2026-11-23T12:40:01Z  GET /reports/{id}',
    ];
    expect(await alerts([])).toEqual({ exitCode: 0, stdout: `${lines.join('\n')}\n`, stderr: '' });
  });

  it('says so where nothing does, and where nobody has looked yet', async () => {
    expect((await alerts(['list'])).stdout).toBe('The rules have not been looked at yet.\n');
    await service.fire();
    expect((await alerts(['list'])).stdout).toBe('Nothing fires, as of 2026-11-23T12:45:01Z.\n');
  });

  it('lists what has resolved', async () => {
    await service.resolve(
      anAlert({ state: 'resolved', resolvedMs: START_MS, value: 3.456, unit: 'times', threshold: 1.5 }),
    );
    const { stdout } = await alerts([]);
    expect(stdout).toMatch(/\n\nResolved\nSTATE .*\nresolved +critical +error-rate +3\.46× \(over 1\.50×\) /);
  });

  it('tells a viewer of no user', async () => {
    await service.fire(anAlert());
    expect((await alerts([], {}, VIEWER_TOKEN)).stdout).toContain('from version 1.5.0 81.0%, user 12.0%\n');
  });

  it('prints what the service answers, as JSON', async () => {
    await service.fire(anAlert());
    const { exitCode, stdout } = await alerts(['--json']);
    expect(exitCode).toBe(0);
    expect(validateAlerts(JSON.parse(stdout))).toMatchObject({
      ok: true,
      value: { active: [{ rule: 'error-rate' }] },
    });
  });

  it.each([20, 40, 80, 200])(
    'fits a terminal of %i columns, and obeys no escape sequence',
    async (columns) => {
      const subject = `GET /\u001b[2J\u001b]0;owned\u0007\u202e${'x'.repeat(300)}`;
      await service.fire(anAlert({ subject, causes: [{ dimension: 'endpoint', value: subject, share: 1 }] }));
      const { stdout } = await alerts([], { terminal: { columns, rows: 24 }, variables: { NO_COLOR: '1' } });
      expect(stdout).toMatch(/^[ -~…×–\n]+$/);
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    },
  );

  it('has colours in a terminal alone', async () => {
    await service.fire(anAlert());
    const terminal = { columns: 120, rows: 24 };
    expect((await alerts([], { terminal })).stdout).toContain('\u001b[');
    expect((await alerts([])).stdout).not.toContain('\u001b');
  });
});

describe('tacho alerts silence', () => {
  it('keeps alerts from being told until unsilence ends it', async () => {
    await service.fire(anAlert());
    const silenced = await alerts([
      'silence',
      '--rule',
      'error-rate',
      '--for',
      '2h',
      '--comment',
      'known\u001b[2J',
    ]);
    expect(silenced).toEqual({
      exitCode: 0,
      stdout: 'silenced until 2026-11-23T14:45:01.250000Z; tacho alerts unsilence 000000000001 ends it\n',
      stderr: '',
    });
    const { stdout } = await alerts([]);
    expect(stdout).toMatch(/^firing, silenced +critical/m);
    expect(stdout).toMatch(
      /^Silences\nID +UNTIL +RULE +BY +SUBJECT\n000000000001 {2}2026-11-23T14:45:01Z {2}error-rate {2}ops {2}any\n {2}known\\x1b\[2J$/m,
    );
    expect(await alerts(['unsilence', idOf(silenced)])).toMatchObject({
      exitCode: 0,
      stdout: 'no longer silenced\n',
    });
    expect((await alerts([])).stdout).not.toContain('ilence');
  });

  it.each([
    ['30m', '2026-11-23T13:15:01'],
    ['7d', '2026-11-30T12:45:01'],
  ])('for %s, of an endpoint', async (length, until) => {
    const { stdout } = await alerts(['silence', '--for', length, '--endpoint', 'GET /x', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ subject: 'GET /x', rule: null, until: `${until}.250000Z` });
  });

  it.each(['', '2', '2w', '0m', '31d', '1.5h', '-1h', '99999d', '٢h'])(
    'for %j is refused',
    async (length) => {
      const { exitCode, stderr } = await alerts(['silence', '--for', length]);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(
        /^tacho: --for ".*": expected minutes, hours or days such as 30m, 2h or 7d, and at most 30d\n$/,
      );
    },
  );

  it('of a rule that there is not is refused by the service', async () => {
    const { exitCode, stderr } = await alerts(['silence', '--for', '1h', '--rule', 'eror-rate']);
    expect([exitCode, stderr]).toEqual([
      1,
      'tacho: URL/api/performance/alerts/silences answered 400: The field "rule" must be the name of a rule, as GET /alerts lists them.\n',
    ]);
  });

  it('is for admins', async () => {
    const { exitCode, stderr } = await alerts(['silence', '--for', '1h'], {}, VIEWER_TOKEN);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/refuses the token \(403\)/);
  });

  it('that there is not can not be ended', async () => {
    const { exitCode, stderr } = await alerts(['unsilence', '../../summary']);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/silences\/\.\.%2F\.\.%2Fsummary answered 404: There is no silence of this id/),
    ]);
  });
});

describe('tacho alerts test', () => {
  it('says what was sent', async () => {
    service.outcomes = [
      { notifier: 'log', failure: undefined },
      { notifier: 'webhook hooks.example.com', failure: undefined },
    ];
    expect(await alerts(['test'])).toEqual({
      exitCode: 0,
      stdout: 'log: sent\nwebhook hooks.example.com: sent\n',
      stderr: '',
    });
  });

  it('fails where one could not be sent, and says why', async () => {
    service.outcomes = [
      { notifier: 'log', failure: undefined },
      { notifier: 'mail to ops@example.com', failure: 'connection refused\u001b[2J' },
    ];
    const why = 'mail to ops@example.com: connection refused\\x1b[2J';
    expect(await alerts(['test'])).toEqual({
      exitCode: 1,
      stdout: `log: sent\n${why}\n`,
      stderr: `tacho: 1 notifier of 2 could not send: ${why}\n`,
    });
    expect(JSON.parse((await alerts(['test', '--json'])).stdout)).toEqual({
      notifiers: [
        { notifier: 'log', sent: true, failure: null },
        { notifier: 'mail to ops@example.com', sent: false, failure: 'connection refused\u001b[2J' },
      ],
    });
  });

  it('fails where there is nothing to tell by', async () => {
    service.outcomes = [];
    expect(await alerts(['test'])).toMatchObject({
      exitCode: 1,
      stderr: 'tacho: there is nothing to tell by: mail, webhooks and log are all off\n',
    });
  });
});

describe('the command used wrongly', () => {
  it.each([
    [['silence'], "required option '--for <length>' not specified; see tacho alerts silence --help"],
    [['unsilence'], "missing required argument 'id'; see tacho alerts unsilence --help"],
    [
      ['--token', 'hunter2'],
      '--token is refused, the process list shows it: use TACHO_ADMIN_TOKEN or --token-file',
    ],
    [['test', '--tokn=hunter2'], "unknown option '--tokn'; see tacho alerts test --help"],
    [
      ['silence', '--for', '1h', '--endpoint', 'GET /', '--subject', 'all'],
      "option '--subject <subject>' cannot be used with option '--endpoint <endpoint>'; see tacho alerts silence --help",
    ],
  ])('%j', async (argv, message) => {
    expect(await alerts(argv)).toEqual({ exitCode: 2, stdout: '', stderr: `tacho: ${message}\n` });
  });

  it('is told by its help, which has the exit codes', async () => {
    const session = new Session();
    expect(await session.run('alerts', '--help')).toBe(0);
    for (const word of ['list', 'silence', 'unsilence', 'test', '--for 2h', 'Exit codes:\n  0 ', '  130 '])
      expect(session.stdout).toContain(word);
    const ofSilence = new Session();
    expect(await ofSilence.run('alerts', 'silence', '--help')).toBe(0);
    expect(ofSilence.stdout).toMatch(/^Usage: tacho alerts silence \[options\]/);
  });
});
