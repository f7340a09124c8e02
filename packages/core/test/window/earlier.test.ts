import { expect, it } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../src/window.ts';
import { decodeWindow, encodeWindow } from '../../src/window-codec.ts';
import { windowJson } from '../../src/window-json.ts';

/** Two requests, one of them slow, a sample of the host and one request that was left out, in version 2. */
const VERSION_2 =
  'AgAAAAAATO1AAAAAAAAX8UAAARFleGNsdWRlZCAvaGVhbHRoegECA0dFVAEvAAGIpAEEUE9TVAUvc2xvdygBAQGI05gBAAABAAVrMS1hYQABiKQB' +
  'AQIAAAAAAEztQAAAAAAAiqNAAARQT1NUAQUvc2xvd/QDAaurq6urq6urq6urq6urq6voBwEAAAAAAL3vQAcAAAAAAADwPwAAAAAAAERAAAAAAGXN' +
  '/UE=';

it('a window that was stored before there were samples of processes is read, and stored with none', () => {
  const window = decodeWindow(Buffer.from(VERSION_2, 'base64'), DEFAULT_LIMITS);
  expect(windowJson(window)).toMatchObject({
    start_ms: 60_000,
    end_ms: 70_000,
    not_measured: { 'excluded /healthz': 1 },
    endpoints: [
      { method: 'GET', route: '/', stats: { count: 1, sum_us: 21_000 } },
      { method: 'POST', route: '/slow', stats: { count: 1, server_errors: 1 } },
    ],
    users: [{ user: 'k1-aa' }],
    slow_requests: [{ duration_ms: 2501, trace_id: 'ab'.repeat(16) }],
    system_samples: [{ timestamp_ms: 65_000, cpu_percent: 1, memory_available_bytes: 8e9 }],
    runtime_samples: [],
  });
  const again = decodeWindow(encodeWindow(window), DEFAULT_LIMITS);
  expect(windowJson(again)).toEqual(windowJson(window));
});

/** A request and a slow one, in version 3. */
const VERSION_3 =
  'AwAAAAAATO1AAAAAAAAX8UAAAAIDR0VUAS8AAYikAQRQT1NUBS9zbG93KAEBAYjTmAEAAAABAAAAAAAATO1AAAAAAACKo0AABFBPU1QBBS9zbG93' +
  '9APoBwDoBwAA';

it('a window that was stored before there were origins is read, and stored with none', () => {
  const window = decodeWindow(Buffer.from(VERSION_3, 'base64'), DEFAULT_LIMITS);
  expect(windowJson(window)).toMatchObject({
    endpoints: [{ route: '/' }, { route: '/slow' }],
    slow_requests: [{ duration_ms: 2501 }],
    origins: { entries: [], others: [0, 0, 0, 0, 0] },
    failures: { entries: [], others: [0, 0] },
  });
  const again = decodeWindow(encodeWindow(window), DEFAULT_LIMITS);
  expect(windowJson(again)).toEqual(windowJson(window));
});
