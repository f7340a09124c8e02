import { each, type Kind, one } from './kind.ts';

const ERRORS = [
  'error',
  'type-error',
  'coded',
  'numbered',
  'unusual',
  'caused',
  'aggregate',
  'unsaid',
  'nameless',
  'stackless',
  'odd-name',
  'odd-message',
];
const NO_ERRORS = ['string', 'number', 'object', 'like-an-error', 'hostile', 'bare'];
const FALSY = ['zero', 'null', 'undefined'];
const WAYS = [
  ...['throws-then-answers', 'throws-after-headers', 'throws-after-end', 'throws-in-timer', 'throws-on-data'],
  ...[
    'throws-on-finish',
    'throws-on-close',
    'rejects',
    'emits',
    'emits-unheard',
    'emits-twice',
    'emits-on-finish',
  ],
  ...['emits-on-close', 'emits-after-close', 'emits-on-request', 'fails-pipeline', 'destroys-with'],
];

/** How responses go out, and how they fail. */
export const responses: readonly Kind[] = [
  ...each('answers with', ['chunks', 'events', 'gzip', 'flushes', 'trailers', 'slow 40'], (does) => ({
    does,
  })),
  ...each(
    'destroyed:',
    ['destroys', 'destroys-half', 'destroys-late', 'destroys-request', 'hangs-up', 'resets'],
    (does) => ({
      does,
      target: '/destroyed',
    }),
  ),
  one('destroyed over https', { does: 'destroys', server: 'https' }),
  one('closed by hand', { does: 'closes-itself' }),
  one('rid of its listeners for close', { does: 'has-no-close-listeners' }, 0),
  one('timed out', { does: 'times-out' }),
  one('written to after its end', { does: 'writes-after-end' }),
  ...each('throws', [...ERRORS, ...NO_ERRORS, ...FALSY], (what) => ({ does: `throws ${what}` })),
  ...each('emits', [...ERRORS, ...NO_ERRORS, ...FALSY], (what) => ({ does: `emits ${what}` })),
  ...each('fails:', WAYS, (does) => ({ does: `${does} coded`, method: 'POST', body: 'a body' })),
  ...each('fails over https:', ['throws-then-answers', 'emits', 'emits-unheard'], (does) => ({
    does: `${does} error`,
    server: 'https',
  })),
];
