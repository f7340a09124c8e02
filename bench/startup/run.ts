import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { choose, chooseApp, wholeNumber } from '../overhead/choose.ts';
import { cores as coresHere } from '../overhead/cores.ts';
import { inWords, thisMachine } from '../overhead/machine.ts';
import { inRounds } from '../overhead/rounds.ts';
import { withVariant } from '../overhead/service.ts';
import { median } from '../overhead/summary.ts';
import { BARE } from '../overhead/variants.ts';
import { table } from '../store/table.ts';
import { type LoadedPackage, loadingOver } from './loading.ts';

/**
 * What measuring adds to the start of a service, and which packages that goes to. Run by
 * `npm run bench:startup -- [--starts 15] [--only tacho,otel-3] [--app koa|http] [--json] [--out file]`.
 */
const { values } = parseArgs({
  options: {
    starts: { type: 'string', default: '15' },
    only: { type: 'string', default: 'prom-client,otel-3,tacho,tacho-statistics,tacho-otlp' },
    app: { type: 'string', default: 'koa' },
    json: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const starts = wholeNumber('starts', values.starts);
const app = chooseApp(values.app);
const variants = choose(values.only);
const cores = coresHere();
const machine = thisMachine(cores);

/** The first round reads the files into the page cache and is not counted. */
const measured = await inRounds(variants, { rounds: 1 + starts, app }, (variant) =>
  withVariant(variant, { app, cores }, (running) => running.startMs()),
);
const counted = [...measured.cells].map(([variant, cells]) => ({ variant, cells: cells.slice(1) }));
const bare = counted.find(({ variant }) => variant === BARE);
if (bare === undefined) throw new Error(`the bare app did not start: ${measured.leftOut.get(BARE)}`);

const rows = counted.map(({ variant: { name, label }, cells }) => ({
  name,
  label,
  startMs: median(cells),
  addedMs: median(cells.map((startMs, round) => startMs - bare.cells[round]!)),
  minMs: Math.min(...cells),
  maxMs: Math.max(...cells),
}));
const leftOut = [...measured.leftOut].map(([{ name, label }, reason]) => ({ name, label, reason }));

const loading: { name: string; label: string; packages: readonly LoadedPackage[] }[] = [];
for (const { variant } of counted) {
  if (!variant.name.startsWith('tacho')) continue;
  process.stderr.write(`what ${variant.name} loads …\n`);
  const packages = await loadingOver(BARE, variant, { app, cores });
  loading.push({ name: variant.name, label: variant.label, packages });
}

const json = JSON.stringify({ machine, app, starts, rows, leftOut, loading }, null, 2);
if (values.out !== undefined) writeFileSync(values.out, `${json}\n`);
console.log(values.json ? json : text());

function text(): string {
  const order = variants.flatMap(({ name }) => rows.filter((row) => row.name === name));
  const columns = order.map(({ name, label, startMs, addedMs, minMs, maxMs }) => [
    label,
    startMs.toFixed(0),
    name === BARE.name ? '' : addedMs.toFixed(0),
    `${minMs.toFixed(0)} – ${maxMs.toFixed(0)}`,
  ]);
  return [
    inWords(machine),
    `${app}, ${starts} interleaved starts of each; from the start of the process until it listens\n`,
    table(['variant', 'ms, median', 'added ms', 'min – max'], columns),
    ...leftOut.map(({ label, reason }) => `left out: ${label}: ${reason}`),
    ...loading.map(({ label, packages }) => `\n${breakdown(label, packages)}`),
  ].join('\n');
}

function breakdown(label: string, packages: readonly LoadedPackage[]): string {
  const sum = (figure: (loaded: LoadedPackage) => number): number =>
    packages.reduce((total, loaded) => total + figure(loaded), 0);
  const all = {
    name: 'all of it',
    files: sum(({ files }) => files),
    bytes: sum(({ bytes }) => bytes),
    ms: sum(({ ms }) => ms),
  };
  return table(
    [`${label}: loaded over the bare app`, 'files', 'KiB', 'ms, watched'],
    [...packages, all].map(({ name, files, bytes, ms }) => [
      name,
      `${files}`,
      (bytes / 1024).toFixed(0),
      ms.toFixed(1),
    ]),
  );
}
