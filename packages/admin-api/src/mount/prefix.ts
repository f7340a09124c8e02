/** Where the resources are unless an application says otherwise. */
export const DEFAULT_PREFIX = '/api/performance';

/** Of a URI's path (RFC 3986, section 3.3), what nobody percent-encodes: what is compared is compared as it came. */
const PREFIX = /^(?:\/|(?:\/[\w\-.~!$&'()*+,;=:@]+)+\/?)$/;
const MAX_LENGTH = 200;

export const PREFIX_ALLOWED = `a path of at most ${MAX_LENGTH} characters such as "/ops/performance", without a query and percent-encoding`;

export function isPrefix(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_LENGTH && PREFIX.test(value);
}

/** `http://host` of a target in absolute form. */
const AUTHORITY = /^https?:\/\/[^/?]*/i;

/** Whether a request's target is the prefix or below it: by whole segments, letter by letter. */
export function isBelow(target: string | undefined, prefix: string): boolean {
  if (target === undefined) return false;
  const origin = target.startsWith('/') ? target : target.replace(AUTHORITY, '');
  const base = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
  if (!origin.startsWith(base)) return false;
  const end = origin[base.length];
  return end === '/' || (base !== '' && (end === undefined || end === '?'));
}
