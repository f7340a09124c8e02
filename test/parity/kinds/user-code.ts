import { each, type Kind, one } from './kind.ts';

const ON_SPAN = [
  ...['attributes', 'odd-attributes', 'many-attributes', 'long-attribute', 'overrides', 'reads', 'tells'],
  ...[
    'events',
    'odd-event',
    'many-events',
    'event-times',
    'error',
    'error-then-ok',
    'ok-then-error',
    'ok-and-500',
  ],
  ...['unset', 'odd-status', 'named', 'exception', 'coded-exception', 'text-exception', 'odd-exception'],
  ...[
    'two-exceptions',
    'links',
    'ends',
    'ends-in-the-past',
    'ends-in-the-future',
    'ends-by-the-monotonic-clock',
  ],
  ...['ends-twice', 'goes-on-after-end', 'on-finish', 'on-close', 'after-close', 'suppressed'],
];
const ROUTED = [
  ...['routed', 'routed-twice', 'routed-to-nothing', 'unrouted-again', 'routed-later', 'routed-on-finish'],
  ...['routed-on-close', 'routed-elsewhere', 'routed-and-failing', 'routed-and-throwing', 'named-and-routed'],
  'routed-by-another-method',
];
const ONE_MORE = [
  ...['child', 'root', 'linked-child', 'outlived', 'child-after-await', 'calls-nobody', 'routed-in-a-child'],
  ...['with-another-value', 'without-its-span', 'child-on-socket-close'],
];
const TWO_MORE = [
  ...[
    'child-of-child',
    'child-on-close',
    'child-of-listener-of-child',
    'child-in-callbacks',
    'child-in-pipeline',
  ],
  ...['calls', 'calls-later', 'calls-securely'],
];

/** What applications do with the span of their request, and what they start under it. */
export const userCode: readonly Kind[] = [
  ...each('span:', [...ON_SPAN, ...ROUTED], (does) => ({ does, target: '/span?a=1' })),
  ...each('span over https:', ['attributes', 'events', 'routed', 'on-close'], (does) => ({
    does,
    server: 'https',
  })),
  ...each('one more span:', ONE_MORE, (does) => ({ does }), 2),
  ...each('two more spans:', TWO_MORE, (does) => ({ does }), 3),
  one('two more spans: child-on-data', { does: 'child-on-data', method: 'POST', body: 'a body' }, 3),
  one('two more spans: posts', { does: 'posts', method: 'POST', body: 'a body' }, 3),
  one('routed HEAD', { does: 'routed', method: 'HEAD' }),
  one('routed PROPFIND', { does: 'routed', method: 'PROPFIND' }),
  ...each(
    'on koa:',
    ['/users/1', '/files/a/b', '/passed/on', '/stream', '/attributes/1', '/named/1', '/told/1'],
    (target) => ({
      server: 'koa',
      target,
    }),
  ),
  ...each(
    'on koa:',
    ['/rerouted/1', '/old', '/teams/7/members/8', '/shop/v1/orders/1', '/shop/v1/nothing', '/nowhere'],
    (target) => ({
      server: 'koa',
      target,
    }),
  ),
  ...each(
    'koa fails:',
    ['/private', '/throws', '/rejects', '/throws-status', '/throws-text', '/missing-file', '/silent'],
    (target) => ({
      server: 'koa',
      target,
    }),
  ),
];
