import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type AccessLog,
  type Alerts,
  type AlertTest,
  type Problem,
  type Silence,
  validateAlerts,
  validateAlertTest,
  validateSilence,
} from '@tacho/api-contract';
import { MemoryJournal } from '@tacho/store';
import { tokenOf } from '../bearers.ts';
import { identifying } from '../identity/asked.ts';
import { NOW_MS, type Served, serve, TOKEN } from '../served.ts';
import { anAlert, DeskInMemory, RULES } from './desk-in-memory.ts';

const VIEWER = 'a-token-of-a-viewer';
const identify = identifying({ tokens: [tokenOf(TOKEN), tokenOf(VIEWER, 'viewer', 'screen')] });

let nowMs: number;
let desk: DeskInMemory;
let served: Served;
beforeEach(async () => {
  nowMs = NOW_MS;
  desk = new DeskInMemory();
  served = await serve({ alerts: desk, identify, clock: { now: () => nowMs, every: () => () => {} } });
});
afterEach(() => served.close());

const as = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

async function alerts(token = TOKEN): Promise<Alerts> {
  const response = await served.get('/alerts', as(token));
  expect(response.status).toBe(200);
  const body = await response.json();
  expect(validateAlerts(body)).toEqual({ ok: true, value: body });
  return body as Alerts;
}

function send(method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' };
  return served.get(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

const silence = (body: unknown): Promise<Response> => send('POST', '/alerts/silences', body);

async function problemOf(response: Response): Promise<[number, ...(string | undefined)[]]> {
  const { code, field } = (await response.json()) as Problem;
  return field === undefined ? [response.status, code] : [response.status, code, field];
}

describe('GET /alerts', () => {
  it('has what fires, in seconds and percent', async () => {
    const { evaluated, active, notifiers } = await alerts();
    expect(evaluated).toBe('2025-07-19T01:42:15.123000Z');
    expect(active).toEqual([
      {
        state: 'firing',
        severity: 'warning',
        rule: 'slow-requests',
        kind: 'slow-request',
        subject: 'GET /users/{id}',
        value: 6.54321,
        threshold: 5,
        unit: 's',
        requests: 3,
        started: '2025-07-19T01:40:25.123000Z',
        fired: '2025-07-19T01:41:25.123000Z',
        resolved: null,
        silenced: false,
        causes: [
          { dimension: 'user', value: 'k1-pseudonym', share: 0.75 },
          { dimension: 'host', value: 'web-1', share: 0.25 },
        ],
      },
    ]);
    expect(notifiers).toEqual([{ name: 'log', last_sent: '2025-07-19T01:42:24.123000Z', failure: null }]);
  });

  it('has every kind of rule, with what it has', async () => {
    const { rules } = await alerts();
    expect(rules.map(({ name }) => name)).toEqual(RULES.map(({ name }) => name));
    expect(rules.map(({ kind, endpoint, threshold, unit }) => [kind, endpoint, threshold, unit])).toEqual([
      ['error-rate', 'all', 10, 'percent'],
      ['slow-request', 'each', 5, 's'],
      ['latency', 'GET /x', 0.3, 's'],
      ['degradation', 'each', null, 'times'],
      ['disk', null, 95, 'percent'],
      ['burn-rate', 'all', 14.4, 'times'],
    ]);
    expect(rules[0]).toMatchObject({
      errors: 'all',
      hold: 60,
      keep_firing: 600,
      min_requests: 20,
      window: 300,
    });
    expect(rules[2]).toMatchObject({ percentile: 95, errors: null });
    expect(rules[5]).toMatchObject({ objective: 99.9, within: 0.3, window: 3600, short_window: 300 });
  });

  it('has what resolved, and null for a value beyond telling', async () => {
    desk.active = [];
    const value = Number.POSITIVE_INFINITY;
    desk.recent = [anAlert({ state: 'resolved', resolvedMs: NOW_MS, value, unit: 'times', threshold: 1.5 })];
    expect((await alerts()).recent[0]).toMatchObject({
      state: 'resolved',
      resolved: '2025-07-19T01:42:25.123000Z',
      value: null,
      threshold: 1.5,
      unit: 'times',
    });
  });

  it('tells viewers of no user, and not who has silenced what', async () => {
    await silence({ minutes: 5 });
    const seen = await alerts(VIEWER);
    expect(seen.active[0]?.causes.map(({ value }) => value)).toEqual([null, 'web-1']);
    expect(seen.silences.map(({ by }) => by)).toEqual([null]);
    expect((await alerts()).silences.map(({ by }) => by)).toEqual(['token']);
  });

  it('changes nothing', async () => {
    const before = await alerts();
    for (const path of ['/alerts', '/alerts/silences', '/alerts/silences/000000000000', '/alerts/test']) {
      for (const method of ['GET', 'HEAD', 'OPTIONS']) await send(method, path);
    }
    expect([await alerts(), desk.tests]).toEqual([before, 0]);
  });
});

describe('a silence', () => {
  it('is for a rule and a subject, for so many minutes, and is listed until it is removed', async () => {
    const body = { rule: 'error-rate', subject: 'all', minutes: 90, comment: 'we know' };
    const response = await silence(body);
    expect(response.status).toBe(201);
    const added = (await response.json()) as Silence;
    expect(validateSilence(added)).toEqual({ ok: true, value: added });
    expect(added).toEqual({
      id: '000000000000',
      rule: 'error-rate',
      subject: 'all',
      started: '2025-07-19T01:42:25.123000Z',
      until: '2025-07-19T03:12:25.123000Z',
      by: 'token',
      comment: 'we know',
    });
    expect((await alerts()).silences).toEqual([added]);
    const removed = await send('DELETE', `/alerts/silences/${added.id}`);
    expect([removed.status, await removed.text()]).toEqual([204, '']);
    expect((await alerts()).silences).toEqual([]);
    expect(await problemOf(await send('DELETE', `/alerts/silences/${added.id}`))).toEqual([
      404,
      'unknown_silence',
    ]);
  });

  it('may be of everything, until a moment', async () => {
    expect(await (await silence({ until: '2025-07-19T05:00:00+02:00' })).json()).toMatchObject({
      rule: null,
      subject: null,
      until: '2025-07-19T03:00:00.000000Z',
      comment: '',
    });
  });

  it.each<[string, object, ...string[]]>([
    ['without an end', {}, 'invalid_field', 'minutes'],
    ['with two ends', { minutes: 5, until: '2025-07-20' }, 'invalid_field', 'minutes'],
    ['of no time', { minutes: 0 }, 'invalid_field', 'minutes'],
    ['of a part of a minute', { minutes: 1.5 }, 'invalid_field', 'minutes'],
    ['of a number that is a text', { minutes: '5' }, 'invalid_field', 'minutes'],
    ['of more than thirty days', { minutes: 43_201 }, 'invalid_field', 'minutes'],
    ['until the past', { until: '2025-07-19' }, 'invalid_field', 'until'],
    ['until next year', { until: '2026-07-19' }, 'invalid_field', 'until'],
    ['until whenever', { until: 'tomorrow' }, 'invalid_field', 'until'],
    ['of a rule that there is not', { minutes: 5, rule: 'eror-rate' }, 'invalid_field', 'rule'],
    ['of what is no rule', { minutes: 5, rule: { $ne: 1 } }, 'invalid_field', 'rule'],
    ['of no subject', { minutes: 5, subject: '' }, 'invalid_field', 'subject'],
    ['with a story', { minutes: 5, comment: 'x'.repeat(201) }, 'invalid_field', 'comment'],
    ['with another field', { minutes: 5, endpoint: 'GET /' }, 'unknown_field', 'endpoint'],
  ])('%s is refused, and the field is named', async (_name, body, ...problem) => {
    expect(await problemOf(await silence(body))).toEqual([400, ...problem]);
    expect(desk.silences).toEqual([]);
  });

  it('is refused where there are as many as may be', async () => {
    for (let n = 0; n < 100; n++)
      await desk.silence({ rule: undefined, subject: undefined, untilMs: 0, by: '', comment: '' });
    expect(await problemOf(await silence({ minutes: 5 }))).toEqual([409, 'too_many_silences']);
  });

  it.each(['000', 'ABCDEF012345', '../../summary', '%00'])('of the id %s there is not', async (id) => {
    expect(await problemOf(await send('DELETE', `/alerts/silences/${encodeURIComponent(id)}`))).toEqual([
      404,
      'unknown_silence',
    ]);
  });
});

describe('POST /alerts/test', () => {
  it('says what became of each message', async () => {
    desk.outcomes = [
      { notifier: 'mail to ops@example.com', failure: 'connection refused' },
      { notifier: 'log', failure: undefined },
    ];
    const response = await send('POST', '/alerts/test');
    const body = (await response.json()) as AlertTest;
    expect(response.status).toBe(200);
    expect(validateAlertTest(body)).toEqual({ ok: true, value: body });
    expect(body.notifiers).toEqual([
      { notifier: 'mail to ops@example.com', sent: false, failure: 'connection refused' },
      { notifier: 'log', sent: true, failure: null },
    ]);
  });

  it('is taken three times a minute', async () => {
    for (let n = 0; n < 3; n++) expect((await send('POST', '/alerts/test')).status).toBe(200);
    nowMs += 20_000;
    const late = await send('POST', '/alerts/test');
    expect([late.status, late.headers.get('Retry-After')]).toEqual([429, '40']);
    nowMs += 40_000;
    expect((await send('POST', '/alerts/test')).status).toBe(200);
    expect(desk.tests).toBe(4);
  });
});

describe('a change', () => {
  it('is an entry of the access log each, with who, what and result, however many come', async () => {
    const { id } = (await (await silence({ minutes: 5 })).json()) as Silence;
    await silence({ minutes: 5 });
    await silence({ minutes: -5 });
    await send('DELETE', `/alerts/silences/${id}`);
    await send('DELETE', `/alerts/silences/${id}`);
    await send('DELETE', '/alerts/silences/anything-else');
    await served.get('/alerts/test', { method: 'POST', ...as(VIEWER) });
    await served.get('/alerts/test', { method: 'POST', ...as(VIEWER) });
    const entries = (await (await served.get('/access-log')).json()) as AccessLog;
    const told = entries.map(({ who, method, operation, target, status, count }) => [
      [who, method, operation].join(' '),
      target,
      status,
      count,
    ]);
    expect(told.reverse()).toEqual([
      ['token POST /alerts/silences', id, 201, 1],
      ['token POST /alerts/silences', '000000000001', 201, 1],
      ['token POST /alerts/silences', null, 400, 1],
      ['token DELETE /alerts/silences/{id}', id, 204, 1],
      ['token DELETE /alerts/silences/{id}', id, 404, 1],
      ['token DELETE /alerts/silences/{id}', null, 404, 1],
      // Refused, and counted: its second is told when the minute ends.
      ['screen POST /alerts/test', null, 403, 1],
    ]);
  });

  it('is stored at once, and not a second later', async () => {
    await served.close();
    const journal = new MemoryJournal();
    served = await serve({ alerts: desk, journal });
    await silence({ minutes: 5 });
    expect(await journal.read(0, Number.POSITIVE_INFINITY, 10)).toMatchObject([{ text: /"status":201/ }]);
  });
});

describe('where it can not be done', () => {
  it('there are no alerts', async () => {
    await served.close();
    served = await serve();
    for (const response of [
      await served.get('/alerts'),
      await silence({ minutes: 5 }),
      await send('DELETE', '/alerts/silences/000000000000'),
      await send('POST', '/alerts/test'),
    ]) {
      expect(await problemOf(response)).toEqual([404, 'alerts_off']);
    }
  });

  it('there is no store for now', async () => {
    const troubles: unknown[] = [];
    await served.close();
    const failing = async (): Promise<never> => {
      throw new Error('SQLITE_FULL at /secret/path');
    };
    const broken = { now: failing, silence: failing, unsilence: failing, test: failing };
    served = await serve({ alerts: broken, onError: (error) => troubles.push(error) });
    const response = await served.get('/alerts');
    expect(response.headers.get('Retry-After')).toBe('5');
    expect(await problemOf(response)).toEqual([503, 'store_unavailable']);
    expect(troubles).toHaveLength(1);
  });
});
