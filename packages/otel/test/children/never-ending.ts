/**
 * Starts spans that never end below requests of their own, and ends spans below requests that never do; prints by how
 * much the heap has grown, and what was let go: `never-ending.ts <spans>`. Run with `--expose-gc`.
 */
import { ROOT_CONTEXT, type Span, SpanKind, trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { TailSpanProcessor } from '../../src/export/tail-span-processor.ts';
import { samplerFrom } from '../../src/sampler.ts';

const count = Number(process.argv[2]);
let exported = 0;
const tail = new TailSpanProcessor(
  { onStart() {}, onEnd: () => exported++, forceFlush: async () => {}, shutdown: async () => {} },
  { info() {}, warn() {}, warnRarely() {} },
);
const sampler = samplerFrom({ OTEL_TRACES_SAMPLER: 'always_off' }, () => {});
const tracer = new TracerProvider({ sampler, spanProcessors: [tail] }).getTracer('test');

const startRequest = (): Span => tracer.startSpan('GET', { kind: SpanKind.SERVER }, ROOT_CONTEXT);
const startBelow = (request: Span, n: number): Span =>
  tracer.startSpan(
    'query',
    {
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': `SELECT ${n}`, 'server.port': 5432 },
    },
    trace.setSpan(ROOT_CONTEXT, request),
  );

function heapBytes(): number {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

startBelow(startRequest(), 0);
const before = heapBytes();
for (let n = 0; n < count; n++) startBelow(startRequest(), n);
const started = heapBytes();
for (let n = 0; n < count; n++) startBelow(startRequest(), n).end();
const ended = heapBytes();
const { letGo } = tail;
await tail.shutdown();
const shutDown = heapBytes();

process.stdout.write(
  JSON.stringify({
    exported,
    letGo,
    startedBytes: started - before,
    endedBytes: ended - before,
    shutDownBytes: shutDown - before,
  }),
);
