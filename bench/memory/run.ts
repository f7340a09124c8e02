import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { choose, chooseApp, wholeNumber } from '../overhead/choose.ts';
import { cores as coresHere } from '../overhead/cores.ts';
import { withLoad } from '../overhead/load.ts';
import { inWords, thisMachine } from '../overhead/machine.ts';
import { inRounds } from '../overhead/rounds.ts';
import { type Usage, withVariant } from '../overhead/service.ts';
import { median } from '../overhead/summary.ts';
import type { Variant } from '../overhead/variant.ts';
import { BARE } from '../overhead/variants.ts';
import { table } from '../store/table.ts';

/**
 * What measuring holds after many requests: as the process is then, and after collecting garbage by force. Run by
 * `npm run bench:memory -- [--requests 200000] [--rounds 3] [--only tacho] [--app koa|http] [--json] [--out file]`.
 */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'prom-client,otel-3,tacho,tacho-statistics,tacho-otlp' },
    app: { type: 'string', default: 'koa' },
    json: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const requests = wholeNumber('requests', values.requests);
const rounds = wholeNumber('rounds', values.rounds);
const app = chooseApp(values.app);
const variants = choose(values.only);
const cores = coresHere();
const machine = thisMachine(cores);

const CONNECTIONS = 32;

interface Held {
  readonly before: Usage;
  readonly afterGc: Usage;
}

const measured = await inRounds(variants, { rounds, app }, (variant) => held(variant));
const bare = measured.cells.get(BARE);
if (bare === undefined) throw new Error(`the bare app could not be measured: ${measured.leftOut.get(BARE)}`);

const FIGURES = {
  rss: ({ before }: Held) => before.rssBytes,
  heap: ({ before }: Held) => before.heapBytes,
  rssAfterGc: ({ afterGc }: Held) => afterGc.rssBytes,
  heapAfterGc: ({ afterGc }: Held) => afterGc.heapBytes,
};
type Figure = keyof typeof FIGURES;

const rows = [...measured.cells].map(([{ name, label }, cells]) => ({
  name,
  label,
  mebibytes: eachFigure((of) => median(cells.map(of))),
  addedMebibytes: eachFigure((of) => median(cells.map((cell, round) => of(cell) - of(bare[round]!)))),
}));
const leftOut = [...measured.leftOut].map(([{ name, label }, reason]) => ({ name, label, reason }));

const json = JSON.stringify({ machine, app, rounds, requests, rows, leftOut }, null, 2);
if (values.out !== undefined) writeFileSync(values.out, `${json}\n`);
console.log(values.json ? json : text());

function held(variant: Variant): Promise<Held> {
  return withVariant(variant, { app, cores, nodeArguments: ['--expose-gc'] }, (running) => {
    const load = {
      port: running.port,
      connections: CONNECTIONS,
      warmUp: { requests: 0 },
      measure: { requests },
    };
    return withLoad(load, cores, async ({ measure }) => {
      await measure();
      return { before: await running.usage(), afterGc: await running.usage('gc') };
    });
  });
}

function eachFigure(bytes: (of: (held: Held) => number) => number): Record<Figure, number> {
  const entries = Object.entries(FIGURES).map(([figure, of]) => [figure, bytes(of) / 2 ** 20] as const);
  return Object.fromEntries(entries) as Record<Figure, number>;
}

function text(): string {
  const order = variants.flatMap(({ name }) => rows.filter((row) => row.name === name));
  const figures = Object.keys(FIGURES) as Figure[];
  return [
    inWords(machine),
    `${app}, ${rounds} rounds of ${requests} requests, medians; added to the bare app (which holds what is in brackets)\n`,
    table(
      ['variant', 'RSS MB', 'heap MB', 'RSS MB, after GC', 'heap MB, after GC'],
      order.map(({ name, label, mebibytes, addedMebibytes }) => [
        label,
        ...figures.map((figure) =>
          name === BARE.name ? `(${mebibytes[figure].toFixed(1)})` : addedMebibytes[figure].toFixed(1),
        ),
      ]),
    ),
    ...leftOut.map(({ label, reason }) => `left out: ${label}: ${reason}`),
  ].join('\n');
}
