import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { type MeterProvider, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { Instrumentation, InstrumentationConfig } from '@opentelemetry/instrumentation';
import type { Exchange, RequestTrace, RequestTracing } from '@tacho/http';
import { ServerDuration } from '../server-duration.ts';
import { RequestContext } from './request-context.ts';
import type { SpanMaking } from './span-making.ts';

/**
 * Traces incoming requests without a module hook and without a listener of its own on any of them: the HTTP layer's
 * hooks hear requests and responses, run each request's listeners in its context, and tell how it ended.
 */
export class ServerInstrumentation implements Instrumentation, RequestTracing {
  readonly instrumentationName: string;
  readonly instrumentationVersion: string;
  readonly contexts = new AsyncLocalStorage<object>();
  readonly leftOut = suppressTracing(ROOT_CONTEXT);
  readonly #making: SpanMaking;
  /** Processors are told of a span when it starts: then it can't wait to be asked for. */
  readonly #isTold: boolean;
  #duration: ServerDuration | undefined;
  #config: InstrumentationConfig = { enabled: true };

  constructor(making: SpanMaking) {
    this.instrumentationName = making.scope.name;
    this.instrumentationVersion = making.scope.version ?? '';
    this.#making = making;
    this.#isTold = making.processor !== undefined;
  }

  begin(exchange: Exchange, request: IncomingMessage): RequestTrace | undefined {
    if (this.#config.enabled === false) return undefined;
    const context = new RequestContext(this.#making, exchange, request);
    if (this.#isTold) context.start();
    return context;
  }

  /** Makes nothing of the trace of a request that is under way. Never throws. */
  leaveOut({ trace }: Exchange): void {
    if (trace instanceof RequestContext) trace.leaveOut(this.leftOut);
  }

  /** Measures an exchange that is over, where there is a meter provider. */
  measure(exchange: Exchange, request: IncomingMessage): void {
    this.#duration?.record(exchange, request);
  }

  enable(): void {
    this.#config = { ...this.#config, enabled: true };
  }

  disable(): void {
    this.#config = { ...this.#config, enabled: false };
  }

  /** The spans are made here: a provider's could not wait to be asked for. */
  setTracerProvider(): void {}

  setMeterProvider(meterProvider: MeterProvider): void {
    this.#duration = new ServerDuration(meterProvider);
  }

  setConfig(config: InstrumentationConfig): void {
    this.#config = config;
  }

  getConfig(): InstrumentationConfig {
    return this.#config;
  }
}
