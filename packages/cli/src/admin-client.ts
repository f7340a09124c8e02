import {
  MAX_ENDPOINTS_WITH_BUCKETS,
  type Review,
  type SlowRequests,
  type Trends,
  type Validator,
  validateEndpoints,
  validateReview,
  validateSlowRequests,
  validateSummary,
  validateSystemMetrics,
  validateTrends,
} from '@tacho/api-contract';
import { SECOND_MS } from '@tacho/core';
import { answerOf } from './admin-answer.ts';
import { readCapped } from './capped-read.ts';
import { failure } from './command-error.ts';
import type { CommandClock } from './environment.ts';
import { failureReason } from './failure-reason.ts';
import { type Distributions, sliceOrigin } from './measured-slice.ts';
import type { ReportSource } from './monitor/report-source.ts';
import type { Reports } from './monitor/reports.ts';

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

export interface AdminClientOptions {
  /** Without a slash at the end. */
  url: string;
  token: string | undefined;
  /** For each answer, to its last byte. */
  timeoutMs: number;
  fetch: typeof globalThis.fetch;
  clock: CommandClock;
  /** Whether reports are to have what slices are made of. */
  withDistributions?: boolean;
}

/** One of the API's operations. */
export interface AdminRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Below the API's prefix. */
  path: string;
  /** To be sent as JSON. */
  body?: object;
  /** Of the answer, where all is well. */
  status: number;
}

/** As many as the API lists on one page. */
const MAX_SLOW_REQUESTS = 1000;

/** Asks a running service over HTTP. Follows no redirect: the token is for this address alone. */
export class AdminClient implements ReportSource {
  readonly name: string;
  /** What the API answers for unless it is asked for another range. */
  readonly hours = 24;
  readonly #options: AdminClientOptions;

  constructor(options: AdminClientOptions) {
    this.#options = options;
    this.name = options.url;
  }

  /**
   * All reports, asked for at once; the first failure ends the others.
   * @throws `CommandError`, one line that says what went wrong; the reason of `stop` once that is aborted
   */
  reports(stop: AbortSignal): Promise<Reports> {
    return this.#together(stop, (signal) => this.#reports(signal));
  }

  /**
   * What slices are made of.
   * @throws as `reports` does
   */
  distributions(stop: AbortSignal): Promise<Distributions> {
    return this.#together(stop, (signal) => this.#distributions(signal));
  }

  trends(endpoint: string | undefined, hours: number, stop: AbortSignal): Promise<Trends> {
    const query = `hours=${hours}${endpoint === undefined ? '' : `&endpoint=${encodeURIComponent(endpoint)}`}`;
    return this.#together(stop, (signal) => this.#get(`/trends?${query}`, validateTrends, signal));
  }

  slowRequests(stop: AbortSignal): Promise<SlowRequests> {
    const path = `/slow-requests?limit=${MAX_SLOW_REQUESTS}`;
    return this.#together(stop, (signal) => this.#get(path, validateSlowRequests, signal));
  }

  async close(): Promise<void> {}

  /**
   * The review of a day, a week or a month.
   * @param query of `/review`
   * @throws as `reports` does
   */
  review(query: string, stop: AbortSignal): Promise<Review> {
    return this.#together(stop, (signal) => this.#get(`/review?${query}`, validateReview, signal));
  }

  /**
   * Anything else.
   * @throws as `reports` does
   */
  ask<T>(request: AdminRequest, validate: Validator<T>, stop: AbortSignal): Promise<T> {
    return this.#together(stop, (signal) => this.#ask(request, validate, signal));
  }

  async #reports(signal: AbortSignal): Promise<Reports> {
    const [summary, endpoints, slow_requests, system_metrics, distributions] = await Promise.all([
      this.#get('/summary', validateSummary, signal),
      this.#get('/endpoints', validateEndpoints, signal),
      this.#get('/slow-requests', validateSlowRequests, signal),
      this.#get('/system-metrics?hours=1', validateSystemMetrics, signal),
      this.#options.withDistributions && this.#distributions(signal),
    ]);
    return { summary, endpoints, slow_requests, system_metrics, ...(distributions && { distributions }) };
  }

  async #distributions(signal: AbortSignal): Promise<Distributions> {
    const sinceMs = sliceOrigin(this.#options.clock.now());
    const path = `/endpoints?from=${sinceMs}&buckets=true&limit=${MAX_ENDPOINTS_WITH_BUCKETS}`;
    return { sinceMs, endpoints: await this.#get(path, validateEndpoints, signal) };
  }

  /** What is asked for at once, within the time that there is for it: the first failure ends the rest. */
  async #together<T>(stop: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const failed = new AbortController();
    const signal = AbortSignal.any([
      stop,
      failed.signal,
      this.#options.clock.timeout(this.#options.timeoutMs),
    ]);
    try {
      return await ask(signal);
    } catch (error) {
      stop.throwIfAborted();
      throw error;
    } finally {
      failed.abort();
    }
  }

  #get<T>(path: string, validate: Validator<T>, signal: AbortSignal): Promise<T> {
    return this.#ask({ method: 'GET', path, status: 200 }, validate, signal);
  }

  async #ask<T>(request: AdminRequest, validate: Validator<T>, signal: AbortSignal): Promise<T> {
    const url = `${this.#options.url}/api/performance${request.path}`;
    const { status, body } = await this.#exchange(url, request, signal);
    if (body === undefined) throw failure(`${url} answered with more than ${MAX_ANSWER_BYTES} bytes`);
    return answerOf({ url, status, body }, validate, request.status);
  }

  async #exchange(
    url: string,
    { method, body: sent }: AdminRequest,
    signal: AbortSignal,
  ): Promise<{ status: number; body: string | undefined }> {
    const { token, timeoutMs, fetch } = this.#options;
    const headers = {
      accept: 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(sent && { 'content-type': 'application/json' }),
    };
    const init = {
      method,
      headers,
      signal,
      redirect: 'manual',
      ...(sent && { body: JSON.stringify(sent) }),
    } as const;
    try {
      const response = await fetch(url, init);
      const body = response.body === null ? '' : await readCapped(response.body, MAX_ANSWER_BYTES);
      return { status: response.status, body };
    } catch (error) {
      const isLate = (error as Partial<Error>).name === 'TimeoutError';
      const reason = isLate ? `no answer within ${timeoutMs / SECOND_MS} s` : failureReason(error);
      throw failure(`${this.#options.url} can't be reached: ${reason}`);
    }
  }
}
