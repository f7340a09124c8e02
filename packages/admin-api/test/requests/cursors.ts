import { OPERATIONS } from '@tacho/api-contract';
import { Cursors } from '../../src/paging/cursors.ts';
import { NOW_MS, type Served } from '../served.ts';

const LONG_AGO_MS = NOW_MS - 2 * 3_600_000;

const pagedPaths = Object.values(OPERATIONS).flatMap(({ path, query }) =>
  query.parameters.includes('cursor') ? [path] : [],
);

/** Cursors that the service has given, and others: expired, of another key, changed, cut, and such as are none. */
export async function cursorsOf({ get }: Served, key: Uint8Array): Promise<string[]> {
  const answers = await Promise.all(pagedPaths.map((path) => get(`${path}?limit=1`)));
  const given = answers.flatMap(({ headers }) => headers.get('Tacho-Next-Cursor') ?? []);
  const [first = ''] = given;
  const bookmark = {
    resource: 'endpoints',
    fromMs: LONG_AGO_MS,
    toMs: NOW_MS,
    sort: 'count',
    after: { value: 1, name: 'GET /' },
  };
  const once = new Cursors({ key, clock: { now: () => LONG_AGO_MS } });
  const elsewhere = new Cursors({ key: new Uint8Array(32), clock: { now: () => NOW_MS } });
  const changed = `${first.slice(0, -9)}${first.at(-9) === 'A' ? 'B' : 'A'}${first.slice(-8)}`;
  return [
    ...given,
    once.cursorOf(bookmark),
    elsewhere.cursorOf(bookmark),
    changed,
    first.slice(0, -4),
    `${first}=`,
    '',
    'x',
    'A'.repeat(4_000),
  ];
}
