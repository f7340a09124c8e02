import { each, type Kind, one } from './kind.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

/** What a client sends along of its own trace. */
export const SAMPLED = `00-${TRACE}-${PARENT}-01`;

const VALID: readonly string[] = [
  ...[SAMPLED, `00-${TRACE}-${PARENT}-03`, `00-${TRACE}-${PARENT}-ff`, ` ${SAMPLED} `],
  ...[`01-${TRACE}-${PARENT}-01`, `cc-${TRACE}-${PARENT}-01-more`, `fe-${TRACE}-${PARENT}-01`],
];

/** None of these is to be exported: their sender says so. */
const UNSAMPLED: readonly string[] = [
  `00-${TRACE}-${PARENT}-00`,
  `00-${TRACE}-${PARENT}-02`,
  `01-${TRACE}-${PARENT}-00`,
];

const INVALID: readonly string[] = [
  ...[
    '',
    'nonsense',
    `00-${TRACE}-${PARENT}`,
    `00-${TRACE}-${PARENT}-1`,
    `00-${TRACE}-${PARENT}-01-more`,
    `ff-${TRACE}-${PARENT}-01`,
  ],
  ...[
    `00-${'0'.repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
  ],
  ...[
    `00-${TRACE.slice(1)}-${PARENT}-01`,
    `00-${TRACE}g-${PARENT}-01`,
    `${SAMPLED}, ${SAMPLED}`,
    `0-${TRACE}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-zz`,
  ],
];

const STATES: readonly string[] = [
  ...['a=1', 'a=1,b=2', ' a=1 , b=2 ', 'a=1,a=2', '', ',', 'a', 'A=1', 'a=', '=1', 'a@b=1', 'a=1;b'],
  ...[
    Array.from({ length: 40 }, (_, n) => `k${n}=${n}`).join(','),
    `a=${'x'.repeat(300)}`,
    `a=${'x'.repeat(600)}`,
  ],
];

const BAGGAGE: readonly string[] = [
  'a=1',
  'a=1,b=2;property=3',
  'a=%20',
  'a',
  '',
  '=',
  'a=1,a=2',
  `a=${'x'.repeat(5000)}`,
];

export const propagation: readonly Kind[] = [
  ...each('traceparent', VALID, (value) => ({ headers: [`traceparent: ${value}`], does: 'tells' })),
  ...each(
    'unsampled traceparent',
    UNSAMPLED,
    (value) => ({ headers: [`traceparent: ${value}`], does: 'tells' }),
    0,
  ),
  ...each('invalid traceparent', INVALID, (value) => ({ headers: [`traceparent: ${value}`], does: 'tells' })),
  one('no traceparent', { does: 'tells' }),
  one('no traceparent, nobody looks', {}),
  one('traceparent, nobody looks', { headers: [`traceparent: ${SAMPLED}`, 'tracestate: a=1'] }),
  one('traceparent in capitals', { headers: [`TRACEPARENT: ${SAMPLED}`], does: 'tells' }),
  one('the same traceparent twice', {
    headers: [`traceparent: ${SAMPLED}`, `traceparent: ${SAMPLED}`],
    does: 'tells',
  }),
  ...each('tracestate', STATES, (value) => ({
    headers: [`traceparent: ${SAMPLED}`, `tracestate: ${value}`],
    does: 'tells',
  })),
  one('tracestate in two headers', {
    headers: [`traceparent: ${SAMPLED}`, 'tracestate: a=1', 'tracestate: b=2'],
    does: 'tells',
  }),
  one('tracestate without a traceparent', { headers: ['tracestate: a=1'], does: 'tells' }),
  ...each('baggage', BAGGAGE, (value) => ({ headers: [`baggage: ${value}`], does: 'tells' })),
  one('baggage in two headers', { headers: ['baggage: a=1', 'baggage: b=2'], does: 'tells' }),
  one('baggage and a traceparent', { headers: [`traceparent: ${SAMPLED}`, 'baggage: a=1'], does: 'tells' }),
  one('b3, which is not configured', { headers: [`b3: ${TRACE}-${PARENT}-1`], does: 'tells' }),
  one('a child of a child elsewhere', { headers: [`traceparent: ${SAMPLED}`], does: 'child-of-child' }, 3),
  one('an unsampled child', { headers: [`traceparent: 00-${TRACE}-${PARENT}-00`], does: 'child' }, 0),
  one(
    'an outgoing request of a trace from elsewhere',
    {
      headers: [`traceparent: ${SAMPLED}`, 'tracestate: a=1', 'baggage: b=2'],
      does: 'calls',
    },
    3,
  ),
  one(
    'an outgoing request of an unsampled trace',
    {
      headers: [`traceparent: 00-${TRACE}-${PARENT}-00`],
      does: 'calls',
    },
    0,
  ),
];
