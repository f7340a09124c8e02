import { context, trace } from '@opentelemetry/api';
import { getRPCMetadata, RPCType, setRPCMetadata } from '@opentelemetry/core';
import { type Behaviour, onSpan } from './behaviour.ts';

/** What instrumentations of routers do: they leave the route where that of HTTP looks for it. */
function route(template: string | undefined): void {
  const metadata = getRPCMetadata(context.active());
  if (metadata?.type === RPCType.HTTP) Object.assign(metadata, { route: template });
}

export const ROUTING: Readonly<Record<string, Behaviour>> = {
  routed: onSpan(() => route('/items/:id')),
  'routed-twice': onSpan(() => {
    route('/items');
    route('/items/:id');
  }),
  'routed-to-nothing': onSpan(() => route('')),
  'unrouted-again': onSpan(() => {
    route('/items/:id');
    route(undefined);
  }),
  'routed-later': (_request, response) => {
    setTimeout(() => {
      route('/later/:id');
      response.end('ok');
    }, 5);
  },
  'routed-on-finish': onSpan((_span, response) => response.on('finish', () => route('/finished/:id'))),
  'routed-on-close': onSpan((_span, response) => response.on('close', () => route('/closed/:id'))),
  /** In a context that ends before the request does. */
  'routed-elsewhere': onSpan((span) => {
    const metadata = { type: RPCType.HTTP, span, route: '/elsewhere' };
    context.with(setRPCMetadata(context.active(), metadata), () => {});
  }),
  'routed-in-a-child': onSpan(() =>
    trace.getTracer('application', '1.2.3').startActiveSpan('child', (child) => {
      route('/child/:id');
      child.end();
    }),
  ),
  'routed-and-failing': (_request, response) => {
    route('/items/:id');
    response.writeHead(503).end();
  },
  'routed-and-throwing': (_request, response) => {
    route('/items/:id');
    setTimeout(() => response.writeHead(500).end(), 20);
    throw new Error('thrown');
  },
  'named-and-routed': onSpan((span) => {
    span.updateName('a name of its own');
    route('/items/:id');
  }),
  'routed-by-another-method': onSpan((_span, _response, request) => {
    request.method = 'PUT';
    route('/items/:id');
  }),
};
