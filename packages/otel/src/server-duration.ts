import type { IncomingMessage } from 'node:http';
import { type Attributes, type Histogram, type MeterProvider, ValueType } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_URL_SCHEME,
  METRIC_HTTP_SERVER_REQUEST_DURATION,
} from '@opentelemetry/semantic-conventions';
import type { Exchange } from '@tacho/http';
import { harmlessly } from './harmlessly.ts';
import { peerOf } from './server-span/socket-peer.ts';

/** Seconds, as the semantic conventions advise. */
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** The metric `http.server.request.duration` of the semantic conventions. */
export class ServerDuration {
  readonly #histogram: Histogram;

  constructor(meterProvider: MeterProvider) {
    this.#histogram = meterProvider.getMeter('tacho').createHistogram(METRIC_HTTP_SERVER_REQUEST_DURATION, {
      description: 'Duration of HTTP server requests.',
      unit: 's',
      valueType: ValueType.DOUBLE,
      advice: { explicitBucketBoundaries: BOUNDARIES },
    });
  }

  /** Never throws: the request has been counted. @param exchange one that is over */
  record(exchange: Exchange, request: IncomingMessage): void {
    harmlessly(() => this.#record(exchange, request));
  }

  #record(exchange: Exchange, request: IncomingMessage): void {
    const { method, status, routerTemplate, durationMs } = exchange;
    // The length of a conversation says nothing about speed.
    if (method === 'CONNECT' || status === 101) return;
    const attributes: Attributes = {
      [ATTR_HTTP_REQUEST_METHOD]: method,
      [ATTR_URL_SCHEME]: peerOf(request.socket).isSecure ? 'https' : 'http',
      [ATTR_NETWORK_PROTOCOL_VERSION]: request.httpVersion,
      [ATTR_HTTP_RESPONSE_STATUS_CODE]: status,
    };
    if (routerTemplate !== undefined) attributes[ATTR_HTTP_ROUTE] = routerTemplate;
    if (status >= 500 && status < 600) attributes[ATTR_ERROR_TYPE] = String(status);
    this.#histogram.record(durationMs / 1000, attributes);
  }
}
