import { each, type Kind, message, one, several } from './kind.ts';

const chunked = (...chunks: readonly string[]): string =>
  `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')}0\r\n\r\n`;
const CHUNKED = ['Transfer-Encoding: chunked'];
const UNFINISHED = ['Content-Length: 1000'];
const BEGUN = { until: '102 Processing' };
const upgrade = (protocol: string): string[] => ['Connection: Upgrade', `Upgrade: ${protocol}`];
const WEBSOCKET = ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13'];
const expecting = { method: 'POST', headers: ['Expect: 100-continue'], body: 'waited for', does: 'counts' };
const [expectingHead = '', expectingBody = ''] = message(expecting).split(/(?<=\r\n\r\n)/);
const stay = (target: string, does = 'ok'): string => message({ target, does, stays: true });

/** Connections: families, encryption, reuse, bodies, and clients that go away. */
export const connections: readonly Kind[] = [
  one('IPv6', { server: 'ipv6', host: '[::1]:80' }),
  one('IPv4 seen as IPv6', { server: 'mapped' }),
  one('https', { server: 'https', target: '/secure?a=1' }),
  one('https, failing', { server: 'https', does: 'status 500' }),
  one('https with a child', { server: 'https', does: 'child' }, 2),
  one('https in absolute form', { server: 'https', target: 'http://other.test/a' }),
  one('a socket of Unix', { server: 'unix', target: '/unix' }),
  one('a socket of Unix behind a proxy', { server: 'unix', headers: ['X-Forwarded-For: 192.0.2.1'] }),
  one('a tunnel', { server: 'tunnel', target: '/tunnel' }),
  one('two listeners', { server: 'twice' }),
  one('a request that is handed on', { server: 'hands', target: '/handed' }, 2),
  one('a health check', { target: '/healthz' }, 0),
  one('a health check with a child', { target: '/healthz', does: 'child' }, 0),
  one('a health check that calls', { target: '/healthz', does: 'calls' }, 1),
  several(
    'three on one connection',
    'plain',
    [stay('/first'), { until: 'ok' }, stay('/second'), { until: 'ok' }, message({ target: '/third' })],
    3,
  ),
  several(
    'three on one connection to koa',
    'koa',
    [
      stay('/users/1'),
      { until: '"1"' },
      stay('/nowhere'),
      { until: 'Not Found' },
      message({ target: '/users/3' }),
    ],
    3,
  ),
  several(
    'three on one connection over https',
    'https',
    [
      stay('/first'),
      { until: 'ok' },
      stay('/second', 'status 404'),
      { until: '404' },
      message({ target: '/third' }),
    ],
    3,
  ),
  several(
    'a pipeline of four',
    'plain',
    [
      stay('/1', 'slow 20') +
        stay('/2') +
        stay('/3', 'status 500') +
        message({ target: '/4', does: 'child' }),
    ],
    5,
  ),
  several(
    'a pipeline to koa',
    'koa',
    [stay('/attributes/1') + stay('/users/2') + message({ target: '/throws' })],
    3,
  ),
  several(
    'a pipeline that is left',
    'plain',
    [stay('/1', 'stalls') + stay('/2', 'child') + stay('/3', 'slow 5'), BEGUN, { leave: 'fin' }],
    4,
  ),
  several(
    'a pipeline that is left after its first answer',
    'plain',
    [stay('/1') + stay('/2', 'stalls') + stay('/3'), BEGUN, { leave: 'rst' }],
    3,
  ),
  several('bytes that come one by one', 'plain', [...message({ target: '/slowly' })], 1),
  several('a half-closed connection', 'plain', [stay('/half', 'slow 10'), { leave: 'half' }], 1),
  one('a body', {
    method: 'POST',
    body: '{"a":1}',
    does: 'echo',
    headers: ['Content-Type: application/json'],
  }),
  one('a body that is counted', { method: 'POST', body: 'x'.repeat(200_000), does: 'counts' }),
  one('a body that is iterated', { method: 'PUT', body: 'x'.repeat(200_000), does: 'iterates' }),
  one('a body that is not read', { method: 'POST', body: 'x'.repeat(1000) }),
  one('a body of GET', { body: 'unusual', does: 'echo' }),
  one('a body on koa', { server: 'koa', method: 'POST', target: '/users', body: '{}' }),
  several(
    'a body in chunks',
    'plain',
    [message({ method: 'POST', headers: CHUNKED, does: 'counts' }) + chunked('one', 'two', 'three')],
    1,
  ),
  several(
    'a body whose chunks are none',
    'plain',
    [`${message({ method: 'POST', headers: CHUNKED, does: 'processing' })}nonsense\r\n`],
    1,
  ),
  several(
    'trailers',
    'plain',
    [`${message({ method: 'POST', headers: CHUNKED, does: 'trailers' })}0\r\nChecked: yes\r\n\r\n`],
    1,
  ),
  several('100-continue', 'plain', [expectingHead, { until: '100 Continue' }, expectingBody], 1),
  several(
    '100-continue with a listener',
    'continues',
    [expectingHead, { until: '100 Continue' }, expectingBody],
    1,
  ),
  one('100-continue that is refused', { ...expecting, server: 'refuses' }, 0),
  one('an expectation without a listener', { headers: ['Expect: a-miracle'] }, 0),
  one('an expectation that is refused', { headers: ['Expect: a-miracle'], server: 'refuses' }, 0),
  ...each(
    'upgrade to',
    ['websocket', 'h2c', 'echo'],
    (protocol) => ({
      server: 'converses',
      headers: [...upgrade(protocol), ...WEBSOCKET],
      stays: true,
    }),
    0,
  ),
  ...each('upgrade that nobody takes to', ['websocket', 'h2c'], (protocol) => ({
    headers: upgrade(protocol),
  })),
  one('CONNECT', { method: 'CONNECT', target: 'other.test:443', server: 'converses' }, 0),
  one('CONNECT that nobody takes', { method: 'CONNECT', target: 'other.test:443' }, 0),
  ...(['fin', 'rst'] as const).flatMap((leave) => [
    several(`leaves before the answer (${leave})`, 'plain', [stay('/left', 'stalls'), BEGUN, { leave }], 1),
    several(
      `leaves amid its body (${leave})`,
      'plain',
      [`${message({ method: 'POST', headers: UNFINISHED, does: 'stalls' })}a part`, BEGUN, { leave }],
      1,
    ),
    several(
      `leaves amid the answer (${leave})`,
      'plain',
      [stay('/left', 'half'), { until: 'half' }, { leave }],
      1,
    ),
    several(
      `leaves an event stream (${leave})`,
      'plain',
      [stay('/left', 'endless-events'), { until: 'data: 1' }, { leave }],
      1,
    ),
  ]),
  several('leaves listeners behind', 'plain', [stay('/left', 'child-on-abort'), BEGUN, { leave: 'fin' }], 4),
  several(
    'leaves amid a body that is listened to',
    'plain',
    [
      `${message({ method: 'POST', headers: UNFINISHED, does: 'child-on-data' })}a part`,
      BEGUN,
      { leave: 'fin' },
    ],
    2,
  ),
  several(
    'a body in two parts',
    'plain',
    [message({ method: 'POST', body: 'in two parts', does: 'child-on-data' }).slice(0, -6), BEGUN, ' parts'],
    4,
  ),
  several('leaves amid the headers', 'plain', ['GET / HTTP/1.1\r\nHost: a', { leave: 'fin' }], 0),
  several('headers that are too long', 'plain', [message({ headers: [`X: ${'x'.repeat(17_000)}`] })], 0),
];
