import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import type { ReceivedSpan } from '../receiver/received.ts';
import { startService } from '../service.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { EACH, FAST, type Run, run } from './run.ts';

/** Five standard deviations to either side of one in a hundred. */
const FEWEST = 1;
const MOST = 43;

/** Below a request that asks everybody. */
const BELOW = ['GET', 'GET', 'SELECT', 'own', 'set'];
const STATEMENTS = ['SELECT ?', 'set ?'];
/** Of requests that may be sampled, or slow on a busy machine. */
const OTHERS = [undefined, 'get ?', 'connect', 'hello ?'];

/**
 * What arrives of a service of which one in a hundred traces is sampled, both ways of tracing HTTP.
 * @param hasPostgres whether it asks PostgreSQL too, which takes seconds to come up
 */
export function describeKeptTraces(hasPostgres: boolean): void {
  const below = hasPostgres ? [...BELOW, 'pg.query:SELECT postgres'].sort() : BELOW;
  const statements = hasPostgres ? ['SELECT $1::int', ...STATEMENTS] : STATEMENTS;
  let runs: readonly Run[];

  beforeAll(async () => {
    const folder = hasPostgres ? await temporaryFolder() : '';
    const backends = await startService('test/context/backends.ts', {
      monitored: 'no',
      arguments: hasPostgres ? [join(folder, '.s.PGSQL.5432')] : [],
    });
    if (hasPostgres) await backends.ask('postgres');
    runs = await Promise.all([
      run(backends, folder, 'imported', { TACHO_HTTP: 'lean', TACHO_INSTRUMENTATIONS: 'auto' }),
      run(backends, folder, 'required', { TACHO_HTTP: 'standard' }),
    ]);
  });
  afterAll(endAll);
  afterAll(removeFolders);

  describe.each([
    ['lean', 'imported', 0],
    ['standard', 'required', 1],
  ])('with http: %s, clients that are %s, and one in a hundred sampled', (_http, _how, number) => {
    const spans = (): readonly ReceivedSpan[] => runs[number]?.spans ?? [];
    const requestsOf = (kind: string): ReceivedSpan[] =>
      spans().filter(({ attributes }) => String(attributes['test.case']).startsWith(`${kind} `));
    const namesBelow = (above: ReceivedSpan): string[] =>
      spans()
        .filter(({ parentSpanId, traceId }) => parentSpanId === above.spanId && traceId === above.traceId)
        .map(({ name }) => name)
        .sort();

    it.each([
      ['slow', below],
      ['fails', below],
      ['throws', below],
      ['leaves', below],
      ['late', [...below, 'begun after', 'begun before'].sort()],
    ])('every request arrives, with all that is below it: %s', (kind, expected) => {
      const requests = requestsOf(kind);
      const cases = requests.map(({ attributes }) => attributes['test.case']);
      expect(cases.sort()).toEqual(Array.from({ length: EACH }, (_, n) => `${kind} ${n}`));
      for (const each of requests) expect(namesBelow(each)).toEqual(expected);
    });

    it('of the fast requests about one in a hundred arrives, with all that is below it', () => {
      // On a busy machine some are not fast.
      const fast = requestsOf('fast').filter((span) => !isSlow(span));
      expect(fast.length).toBeGreaterThanOrEqual(FEWEST);
      expect(fast.length).toBeLessThanOrEqual(MOST);
      for (const each of fast) expect(namesBelow(each)).toEqual(['set']);
    });

    it('no span arrives twice, and none without the one above it', () => {
      const ids = new Set(spans().map(({ spanId }) => spanId));
      expect(ids.size).toBe(spans().length);
      const orphans = spans().filter(({ kind, parentSpanId }) => kind !== 'SERVER' && !ids.has(parentSpanId));
      expect(orphans.map(({ name }) => name)).toEqual([]);
    });

    it('statements arrive without what is in them', () => {
      const texts = new Set(spans().map(({ attributes }) => attributes['db.query.text']));
      for (const text of OTHERS) texts.delete(text);
      expect([...texts].sort()).toEqual(statements);
    });

    it('the statistics have all of them', () => {
      const kinds = ['slow', 'fails', 'throws', 'late', 'leaves'];
      const each = Object.fromEntries(kinds.map((kind) => [`GET /${kind}/{id}`, EACH]));
      expect(runs[number]?.counts).toMatchObject({ ...each, 'GET /fast/{id}': FAST });
    });

    it('a shutdown takes the patches of the clients back', () => {
      expect(runs[number]?.isPatched).toEqual([true, false]);
    });
  });

  it('an instrumentation that fails is one line, and is left out', () => {
    expect(runs[1]?.stderr.match(/instrumentation-undici failed/g)).toHaveLength(1);
  });
}

function isSlow({ startNano, endNano }: ReceivedSpan): boolean {
  return BigInt(endNano) - BigInt(startNano) > 2_000_000_000n;
}
