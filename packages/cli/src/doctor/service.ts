import {
  type AccessLogVerification,
  type Endpoints,
  type FullHealth,
  type Summary,
  type Validator,
  validateAccessLogVerification,
  validateEndpoints,
  validateHealth,
  validateSummary,
} from '@tacho/api-contract';
import { answerOf } from '../admin-answer.ts';
import { readCapped } from '../capped-read.ts';
import { failure } from '../command-error.ts';
import type { Environment } from '../environment.ts';
import { failureReason } from '../failure-reason.ts';

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const LIMIT_MS = 4_000;
const HOUR = 'hours=1';

/** An answer of whatever has the address. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Epoch milliseconds by our own clock: when it was asked, and when it had answered. */
  readonly askedMs: number;
  readonly answeredMs: number;
}

/** The service as its admin API tells of it. Each resource is asked for once, however many checks want it. */
export class Service {
  /** Undefined where nobody knows it. */
  readonly url: string | undefined;
  readonly #token: string | undefined;
  readonly #environment: Pick<Environment, 'fetch' | 'clock'>;
  readonly #asked = new Map<string, Promise<Answer>>();

  constructor(
    url: string | undefined,
    token: string | undefined,
    environment: Pick<Environment, 'fetch' | 'clock'>,
  ) {
    this.url = url;
    this.#token = token;
    this.#environment = environment;
  }

  get hasToken(): boolean {
    return this.#token !== undefined;
  }

  /** @throws `CommandError`, as all of these do where there is no such answer */
  health(): Promise<FullHealth> {
    return this.#told('/health', validateHealth);
  }

  /** Of the last hour. */
  summary(): Promise<Summary> {
    return this.#told(`/summary?${HOUR}`, validateSummary);
  }

  /** Of the last hour. */
  endpoints(): Promise<Endpoints> {
    return this.#told(`/endpoints?${HOUR}&limit=1000`, validateEndpoints);
  }

  accessLogVerification(): Promise<AccessLogVerification> {
    return this.#told('/access-log/verify', validateAccessLogVerification);
  }

  /** The health now, however often it was asked for before. */
  async healthNow(): Promise<FullHealth> {
    return answerOf(await this.#ask('/health'), validateHealth);
  }

  /** What was measured since a moment, in epoch milliseconds, as of now. */
  async endpointsSince(fromMs: number): Promise<Endpoints> {
    const from = encodeURIComponent(new Date(fromMs).toISOString());
    return answerOf(await this.#ask(`/endpoints?from=${from}&limit=1000`), validateEndpoints);
  }

  /** @param path with its query, below `/api/performance` */
  answer(path: string): Promise<Answer> {
    const known = this.#asked.get(path);
    if (known !== undefined) return known;
    const answer = this.#ask(path);
    this.#asked.set(path, answer);
    return answer;
  }

  async #told<T>(path: string, validate: Validator<T>): Promise<T> {
    return answerOf(await this.answer(path), validate);
  }

  async #ask(path: string): Promise<Answer> {
    if (this.url === undefined) throw failure('nobody knows where the service is');
    const { fetch, clock } = this.#environment;
    const url = `${this.url}/api/performance${path}`;
    const headers = {
      accept: 'application/json',
      ...(this.#token && { authorization: `Bearer ${this.#token}` }),
    };
    const askedMs = clock.now();
    try {
      const response = await fetch(url, { headers, signal: clock.timeout(LIMIT_MS), redirect: 'manual' });
      const body = response.body === null ? '' : await readCapped(response.body, MAX_ANSWER_BYTES);
      const { status, headers: answered } = response;
      return { url, status, headers: answered, body: body ?? '', askedMs, answeredMs: clock.now() };
    } catch (error) {
      const isLate = (error as Partial<Error>).name === 'TimeoutError';
      const reason = isLate ? `no answer within ${LIMIT_MS / 1000} s` : failureReason(error);
      throw failure(`${this.url} can't be reached: ${reason}`);
    }
  }
}
