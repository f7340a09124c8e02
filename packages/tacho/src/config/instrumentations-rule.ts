import { listOf } from './list-rule.ts';
import type { Instrumentation } from './options.ts';
import { oneOf, type Rule, refuse, valueRule } from './rule.ts';

export const AUTO = oneOf('auto');

const MOST = 100;

const METHODS = [
  'getConfig',
  'setTracerProvider',
  'setMeterProvider',
  'enable',
  'disable',
] as const satisfies (keyof Instrumentation)[];

/** One that is kept as it is, not copied: it has state, and its methods are inherited. */
const INSTRUMENTATION = valueRule(
  'an OpenTelemetry instrumentation such as new PgInstrumentation()',
  isInstrumentation,
);

const LIST = listOf(INSTRUMENTATION, MOST);

/** `auto`, or instrumentations that the application has made. */
export const INSTRUMENTATIONS: Rule<'auto' | readonly Instrumentation[]> = {
  read(value, at) {
    if (Array.isArray(value)) return LIST.read(value, at);
    if (AUTO.accepts(value)) return value;
    const list = `an array of at most ${MOST}, each ${INSTRUMENTATION.allowed}`;
    return refuse(value, `${AUTO.allowed}, or ${list}`, at);
  },
};

function isInstrumentation(value: unknown): value is Instrumentation {
  if (typeof value !== 'object' || value === null) return false;
  try {
    if (typeof Reflect.get(value, 'instrumentationName') !== 'string') return false;
    return METHODS.every((name) => typeof Reflect.get(value, name) === 'function');
  } catch {
    return false;
  }
}
