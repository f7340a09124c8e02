import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { context, createContextKey, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { type Behaviour, onSpan } from './behaviour.ts';

const tracer = trace.getTracer('application', '1.2.3');

/** A span that shows by its parent what was active. */
function mark(name: string): void {
  tracer.startSpan(name).end();
}

/** What applications start under the span of their request, and where. */
export const MORE_SPANS: Readonly<Record<string, Behaviour>> = {
  child: onSpan(() => tracer.startActiveSpan('child', (child) => child.setAttribute('a', 1).end())),
  'child-of-child': onSpan(() =>
    tracer.startActiveSpan('child', (child) => {
      mark('grandchild');
      child.end();
    }),
  ),
  root: onSpan(() => tracer.startSpan('a root of its own', { root: true }).end()),
  'linked-child': onSpan((span) =>
    tracer.startSpan('linked', { root: true, links: [{ context: span.spanContext() }] }).end(),
  ),
  outlived: onSpan((_span, response) => {
    const child = tracer.startSpan('outlives its parent');
    response.on('close', () => setImmediate(() => child.end()));
  }),
  'with-another-value': onSpan(() =>
    context.with(context.active().setValue(createContextKey('a key'), 1), () => mark('with another value')),
  ),
  'without-its-span': onSpan(() => context.with(trace.deleteSpan(context.active()), () => mark('without'))),
  suppressed: onSpan(() => context.with(suppressTracing(context.active()), () => mark('suppressed'))),
  async 'child-after-await'(_request, response) {
    await pause(5);
    mark('after a timer');
    response.end('ok');
  },
  'child-on-data': (request, response) => {
    response.writeProcessing();
    request.on('data', () => mark('on data'));
    request.on('end', () => {
      mark('on end');
      response.end('ok');
    });
  },
  'child-on-close': onSpan((_span, response) => {
    response.on('finish', () => mark('on finish'));
    response.on('close', () => mark('on close'));
  }),
  /** Stalls until the client leaves. */
  'child-on-abort': (request, response) => {
    request.on('aborted', () => mark('aborted'));
    request.on('close', () => mark('request closed'));
    response.on('close', () => mark('response closed'));
    response.writeProcessing();
  },
  'child-of-listener-of-child': onSpan((_span, response) =>
    tracer.startActiveSpan('child', (child) => {
      response.on('finish', () => mark('on finish'));
      child.end();
    }),
  ),
  'child-on-socket-close': onSpan((_span, _response, { socket }) => {
    socket.on('close', () => mark('socket closed'));
  }),
  'child-in-callbacks': (_request, response) => {
    response.write('ok', () => mark('written'));
    response.end(() => mark('ended'));
  },
  async 'child-in-pipeline'(_request, response) {
    const transform = new Transform({
      transform(part, _encoding, done) {
        mark('in transform');
        done(null, part);
      },
    });
    await pipeline(Readable.from(['one']), transform, response);
    mark('after the pipeline');
  },
};
