import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { type Kind, one } from './kinds/kind.ts';
import { propagation } from './kinds/propagation.ts';
import { userCode } from './kinds/user-code.ts';
import { observe } from './observed.ts';

const PARENT = '00f067aa0ba902b7';

/** Traces from elsewhere, half of them sampled there. */
const TRACES: readonly Kind[] = Array.from({ length: 32 }, (_, n) => {
  const traceId = createHash('md5').update(String(n)).digest('hex');
  return one(`trace ${traceId}`, {
    headers: [`traceparent: 00-${traceId}-${PARENT}-0${n % 2}`],
    does: 'tells',
  });
});

const ON_SPAN = userCode.filter(({ name }) => name.startsWith('span: '));

const SPAN_LIMITS = [
  ...['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT=7', 'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT=5'],
  ...['OTEL_SPAN_EVENT_COUNT_LIMIT=2', 'OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT=2'],
  ...['OTEL_SPAN_LINK_COUNT_LIMIT=1', 'OTEL_LINK_ATTRIBUTE_COUNT_LIMIT=1'],
].join(' ');

/** Variables, what is sent under them, and how many kinds of that are to lead to spans: all, none, or as ids decide. */
export type Setting = readonly [variables: string, kinds: readonly Kind[], exported: number | 'some'];

/** One of samplers, and one of limits. */
export const SETTINGS: readonly Setting[] = [
  ['OTEL_TRACES_SAMPLER=traceidratio OTEL_TRACES_SAMPLER_ARG=0.3', TRACES, 'some'],
  [SPAN_LIMITS, ON_SPAN, ON_SPAN.length],
];

export const MORE_SETTINGS: readonly Setting[] = [
  ['OTEL_TRACES_SAMPLER=always_off', TRACES, 0],
  ['OTEL_TRACES_SAMPLER=always_on', TRACES, 32],
  ['OTEL_TRACES_SAMPLER=parentbased_traceidratio OTEL_TRACES_SAMPLER_ARG=0.3', TRACES, 16],
  ['OTEL_TRACES_SAMPLER=parentbased_always_off', TRACES, 16],
  ['OTEL_ATTRIBUTE_COUNT_LIMIT=20 OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT=100', ON_SPAN, ON_SPAN.length],
  ['OTEL_PROPAGATORS=b3,tracecontext', propagation, 'some'],
  ['OTEL_PROPAGATORS=none', propagation, propagation.length],
  ['OTEL_PROPAGATORS=baggage', propagation, propagation.length],
];

export function exportTheSame(settings: readonly Setting[]): void {
  it.each(settings)('%s', async (variables, kinds, exported) => {
    const environment = Object.fromEntries(variables.split(' ').map((setting) => setting.split('=')));
    const [standard, lean] = await Promise.all([
      observe('standard', kinds, environment),
      observe('lean', kinds, environment),
    ]);
    const changed = ['span: routed-by-another-method'];
    const spansOf = ({ kinds: seen }: typeof lean): object[] =>
      [...seen]
        .filter(([name]) => !changed.includes(name))
        .map(([name, { spans, reply }]) => ({ name, spans, reply }));
    expect(spansOf(lean)).toEqual(spansOf(standard));
    expect(lean.strays).toEqual([]);
    const traced = [...lean.kinds.values()].filter(({ spans }) => spans.length > 0).length;
    if (exported !== 'some') expect(traced).toBe(exported);
    else expect(traced > 0 && traced < kinds.length).toBe(true);
  });
}
