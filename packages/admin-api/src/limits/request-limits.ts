import type { Client } from './client-address.ts';
import { KeyedLimit, type Standing } from './keyed-limit.ts';
import { LoginTries } from './login-tries.ts';

export interface RateLimits {
  /** For each identity; twice as many for each client address, that has several. */
  readonly requestsPerMinute?: number | undefined;
  /** Logins of a client address that may fail before none is verified any more. */
  readonly failuresPerMinute?: number | undefined;
}

export type LimitHeaders = Readonly<Record<string, string>>;

export interface Refusal {
  readonly ok: false;
  /** From 1 to 60. */
  readonly retryAfterSeconds: number;
  readonly headers: LimitHeaders;
}

export type Verdict = { readonly ok: true; readonly headers: LimitHeaders } | Refusal;

/** What a login came to, unless it was not looked at. */
export type Login<Found> = { readonly ok: true; readonly found: Found } | Refusal;

export interface RequestLimits {
  /** Counts a request of an address. Refuses at once where it is known that nothing of it is looked at any more. */
  check(client: Client): Verdict | Promise<Verdict>;
  /** Verifies a login while those of its address that failed are within the limit. Rejects only where `verify` does. */
  login<Found>(
    client: Client,
    verify: () => Found | Promise<Found>,
    hasFailed: (found: Found) => boolean,
  ): Promise<Login<Found>>;
  /** Counts a request of an identity. @param identity named as no other is */
  identified(identity: { readonly name: string }): Verdict | Promise<Verdict>;
}

/** @param monotonicMs milliseconds by a clock that is never set */
export function requestLimits(
  limits: RateLimits | false | undefined,
  monotonicMs = (): number => performance.now(),
): RequestLimits {
  if (limits === false) return NO_LIMITS;
  const { requestsPerMinute = 600, failuresPerMinute = 10 } = limits ?? {};
  const addresses = new KeyedLimit(2 * requestsPerMinute, monotonicMs);
  const identities = new KeyedLimit(requestsPerMinute, monotonicMs);
  const failures = new KeyedLimit(failuresPerMinute, monotonicMs);
  const tries = new LoginTries(failures);

  return {
    check: ({ key }) => refusedBy(failures, key) ?? counted(addresses, key),
    login: async ({ key }, verify, hasFailed) => {
      const login = await tries.run(key, verify, hasFailed);
      return login === undefined ? refusal(failures.standing(key)) : { ok: true, found: login.found };
    },
    identified: ({ name }) => counted(identities, name),
  };
}

const NO_LIMITS: RequestLimits = {
  check: () => UNLIMITED,
  login: async (_client, verify) => ({ ok: true, found: await verify() }),
  identified: () => UNLIMITED,
};

const UNLIMITED: Verdict = { ok: true, headers: {} };

function counted(limit: KeyedLimit, key: string): Verdict | Promise<Verdict> {
  return refusedBy(limit, key) ?? limit.count(key).then(verdictOf);
}

function refusedBy(limit: KeyedLimit, key: string): Refusal | undefined {
  const standing = limit.standing(key);
  return standing.isAllowed ? undefined : refusal(standing);
}

function verdictOf(standing: Standing): Verdict {
  return standing.isAllowed ? { ok: true, headers: headersOf(standing) } : refusal(standing);
}

function refusal(standing: Standing): Refusal {
  const { resetSeconds } = standing;
  const headers = { ...headersOf(standing), 'Retry-After': String(resetSeconds) };
  return { ok: false, retryAfterSeconds: resetSeconds, headers };
}

/** The fields that most clients know: draft-ietf-httpapi-ratelimit-headers, of its versions 03 to 07. */
function headersOf({ limit, remaining, resetSeconds }: Standing): LimitHeaders {
  return {
    'RateLimit-Limit': String(limit),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(resetSeconds),
    'RateLimit-Policy': `${limit};w=60`,
  };
}
