import type { AdminApiOptions, RateLimitOptions } from './admin-api-options.ts';
import { fields } from './fields-rule.ts';
import { JWT } from './jwt-rule.ts';
import { ALLOWED_HOSTS, ALLOWED_ORIGINS, TRUSTED_PROXIES } from './network-rules.ts';
import { callback, HOST, PORT } from './option-rules.ts';
import { orFalse, secret, valueRule, wholeNumber } from './rule.ts';
import { TOKENS } from './token-rules.ts';

const RATE_LIMIT = orFalse(
  fields<RateLimitOptions>('false, or an object with some of requestsPerMinute, failuresPerMinute', {
    requestsPerMinute: wholeNumber(1, 1_000_000),
    failuresPerMinute: wholeNumber(1, 10_000),
  }),
);

const FIELDS = fields<AdminApiOptions>(
  'false, or an object with some of port, host, tokens, jwt, authenticate and others',
  {
    listen: valueRule('true or false', (value) => typeof value === 'boolean'),
    port: PORT,
    host: HOST,
    tokens: secret(TOKENS),
    jwt: JWT,
    authenticate: callback(),
    trustedProxies: TRUSTED_PROXIES,
    allowedHosts: ALLOWED_HOSTS,
    allowedOrigins: ALLOWED_ORIGINS,
    rateLimit: RATE_LIMIT,
  },
);

/** The admin API, or `false` for none. */
export const ADMIN_API = orFalse(FIELDS);
