/** The routes that a service has of its own. */
export const REAL_ROUTES: readonly string[] = Array.from({ length: 50 }, (_, i) => `/real/thing-${i}/:id`);

export const urlOfRealRoute = (n: number): string => `/real/thing-${n % REAL_ROUTES.length}/${n}`;

/**
 * The n-th of any number of distinct paths, in the shapes that scanners and attackers send: words that look
 * like routes at any depth, identifiers, names of `Object.prototype`, escapes, and paths of kilobytes.
 */
export function floodUrl(n: number): string {
  const word = wordOf(n);
  switch (n % 8) {
    case 0:
      return `/${word}`;
    case 1:
      return `/${wordOf(n % 900)}/${word}`;
    case 2:
      return `/shop/${wordOf(n % 40)}/${wordOf(n % 3000)}/${word}`;
    case 3:
      return `/users/${n}/${word}.php?x=${n}`;
    case 4:
      return `/__proto__/constructor/${word}`;
    case 5:
      return `/%F0%9F%92%A9/${word}/%2e%2e/${n.toString(16)}`;
    case 6:
      return `/a/b/c/d/e/f/g/h/i/${word}`;
    default:
      return n % 80 === 7 ? `/${word}/${'long'.repeat(900)}` : `/${word}/${word}`;
  }
}

const CONSONANTS = 'bcdfghjklmnpqrst';
const VOWELS = 'aeio';

/** A pronounceable word without a digit, different for each n below 2^24. */
function wordOf(n: number): string {
  let word = '';
  for (let rest = n, i = 0; i < 4; i++, rest >>= 6) word += CONSONANTS[rest & 15]! + VOWELS[(rest >> 4) & 3]!;
  return word;
}
