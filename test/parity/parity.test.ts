import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endAll, ROOT } from '../processes.ts';
import type { ComparableSpan } from './comparable-span.ts';
import { DIFFERENCES, expectedSpans } from './differences.ts';
import { KINDS } from './kinds/all.ts';
import { bytesOf, type Observation, type Observed, observe } from './observed.ts';
import { IN_VAIN } from './talk.ts';
import { durationsMs, untimely } from './timing.ts';

const SHOWN_CHARACTERS = 500;
/** Two spans of the same kind may be as far apart in length, of this share of all kinds: the machine is a busy one. */
const TOLERANCE_MS = 50;
const SHARE = 0.95;
/** Of attributes of the resource, those that tell one process from another. */
const OF_THE_PROCESS = ['process.pid', 'service.instance.id'];

const PAGE = readFileSync(join(ROOT, 'docs/instrumentation.md'), 'utf8');

let standard: Observation;
let lean: Observation;

beforeAll(async () => {
  [standard, lean] = await Promise.all([observe('standard', KINDS), observe('lean', KINDS)]);
}, 240_000);

afterAll(endAll);

const of = (observation: Observation, kind: string): Observed => observation.kinds.get(kind)!;
const standardSpans = (kind: string): readonly ComparableSpan[] => of(standard, kind).spans;

describe(`the spans of ${KINDS.length} kinds of request are those of the standard instrumentation:`, () => {
  it.each(KINDS.map((kind) => [kind.name, kind] as const))('%s', (name, kind) => {
    const sent = bytesOf(kind).slice(0, SHOWN_CHARACTERS);
    expect({ sent, spans: standardSpans(name).length }).toEqual({ sent, spans: kind.spans });
    expect({ sent, spans: of(lean, name).spans }).toEqual({
      sent,
      spans: expectedSpans(name, standardSpans),
    });
  });

  it('and so are the answers that go with them', () => {
    const otherwise = DIFFERENCES.flatMap(({ isSeenByClients, kinds }) => (isSeenByClients ? kinds : []));
    for (const { name } of KINDS.filter(({ name }) => !otherwise.includes(name)))
      expect([name, of(lean, name).reply]).toEqual([name, of(standard, name).reply]);
    expect(KINDS.filter(({ name }) => of(standard, name).reply.includes(IN_VAIN))).toEqual([]);
  });

  it('and there are no others', () => {
    expect([...standard.strays, ...lean.strays]).toEqual([]);
  });

  it('of the same resource', () => {
    const [of, other] = [standard, lean].map(({ resource }) =>
      Object.fromEntries(resource.map(({ key, value }) => [key, OF_THE_PROCESS.includes(key) || value])),
    );
    expect(of).toEqual(other);
  });
});

describe('the spans are as long as they should be:', () => {
  it('they begin and end while their request is handled, and have their events within', () => {
    for (const { name } of KINDS)
      for (const observed of [of(standard, name), of(lean, name)])
        expect([name, untimely(observed)]).toEqual([name, []]);
  });

  it('with both instrumentations', () => {
    const changed = DIFFERENCES.flatMap(({ kinds }) => kinds);
    const apartMs = KINDS.filter(({ name }) => !changed.includes(name)).flatMap(({ name }) => {
      const expected = durationsMs(of(standard, name));
      return durationsMs(of(lean, name)).map((ms, index) => Math.abs(ms - expected[index]!));
    });
    const sorted = apartMs.sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * SHARE)]).toBeLessThan(TOLERANCE_MS);
  });

  it('and no shorter than what is waited for', () => {
    for (const observation of [standard, lean])
      expect(durationsMs(of(observation, 'answers with slow 40'))[0]).toBeGreaterThan(39);
  });
});

describe('each intended difference', () => {
  it.each(DIFFERENCES.map((difference) => [difference.what, difference] as const))(
    '%s',
    (what, difference) => {
      for (const kind of difference.kinds)
        expect([kind, of(lean, kind).spans]).not.toEqual([kind, standardSpans(kind)]);
      expect(PAGE).toContain(`| ${what} | ${difference.reason} |`);
    },
  );

  it('is one that shows: the page has no others', () => {
    const [, section = ''] = /^## What is different$([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(PAGE) ?? [];
    const rows = [...section.matchAll(/^\| (.+?) \| .+ \|$/gm)].map(([, what]) => what);
    expect(rows.slice(1)).toEqual(DIFFERENCES.map(({ what }) => what));
  });
});
