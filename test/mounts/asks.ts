import { type Ask, BEARER } from './answers.ts';

export const PAST = 'from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z';

export const JSON_BODY = { ...BEARER, 'content-type': 'application/json' };

/** What a mount is asked, and is to answer as its own port does. */
export const asks = (measured: string): Readonly<Record<string, Ask>> => ({
  'what was measured': { path: `/endpoints?${measured}` },
  summary: { path: `/summary?${PAST}` },
  'slow requests': { path: `/slow-requests?${PAST}` },
  'system metrics': { path: `/system-metrics?${PAST}` },
  users: { path: `/users?${PAST}` },
  trends: { path: `/trends?${PAST}` },
  'compressed trends': { path: `/trends?${PAST}&step=1m`, headers: { ...BEARER, 'accept-encoding': 'gzip' } },
  'an unknown endpoint': { path: `/endpoints/GET%20%2Fnowhere?${PAST}` },
  'only its headers': { method: 'HEAD', path: `/endpoints?${measured}` },
  'what is known already': { path: `/users?${PAST}`, headers: { ...BEARER, 'if-none-match': '*' } },
  'without a token': { path: `/summary?${PAST}`, headers: {} },
  'with a wrong token': { path: '/summary', headers: { authorization: 'Bearer wrong' } },
  'without a token, nowhere': { path: '/nowhere', headers: {} },
  'health, for strangers': { path: '/health', headers: {} },
  nowhere: { path: '/nowhere' },
  'below a resource': { path: '/summary/' },
  'a wrong parameter': { path: '/summary?from=abc' },
  'an unknown parameter': { path: '/summary?form=1' },
  'a method that is not there': { method: 'DELETE', path: '/summary' },
  'a body': { method: 'POST', path: '/summary', headers: JSON_BODY, body: '{"a":1}' },
  'a body that is wrong': {
    method: 'POST',
    path: '/alerts/silences',
    headers: JSON_BODY,
    body: '{"minutes":-1}',
  },
  'a body with a field that is not there': {
    method: 'POST',
    path: '/alerts/silences',
    headers: JSON_BODY,
    body: '{"minutes":5,"__proto__x":1}',
  },
  'a body of another kind': {
    method: 'POST',
    path: '/alerts/silences',
    headers: { ...BEARER, 'content-type': 'text/plain' },
    body: '{"minutes":5}',
  },
  'a change from a page of another origin': {
    method: 'POST',
    path: '/alerts/silences',
    headers: { ...JSON_BODY, origin: 'http://evil.test' },
    body: '{"minutes":5}',
  },
  'a page of another origin': {
    path: '/summary',
    headers: { ...BEARER, origin: 'http://evil.test', 'sec-fetch-site': 'cross-site' },
  },
});
