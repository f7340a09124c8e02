import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { table } from '../store/table.ts';
import { adapterTable, addedByAdapters } from './adapters.ts';
import { measureCell } from './cell.ts';
import { choose, chooseApp, wholeNumber } from './choose.ts';
import { cores as coresHere } from './cores.ts';
import { inWords, thisMachine } from './machine.ts';
import { inRounds } from './rounds.ts';
import { type Row, summarize } from './summary.ts';
import { BARE } from './variants.ts';

/**
 * What measuring costs: the same app with one monitor after the other in it. Run by
 * `npm run bench:overhead -- [--rounds 5] [--seconds 8] [--only tacho,otel-3] [--app koa|http] [--json] [--out file]`;
 * with `--adapters` it is tacho alone, in the same app of one framework after the other.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '8' },
    only: { type: 'string' },
    app: { type: 'string', default: 'koa' },
    adapters: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const rounds = wholeNumber('rounds', values.rounds);
const seconds = wholeNumber('seconds', values.seconds);
const cores = coresHere();
const machine = thisMachine(cores);

const { figures, text } = values.adapters ? await adapters() : await variants();
const json = JSON.stringify({ machine, rounds, seconds, ...figures }, null, 2);
if (values.out !== undefined) writeFileSync(values.out, `${json}\n`);
console.log(values.json ? json : text);

interface Results {
  readonly figures: object;
  readonly text: string;
}

async function variants(): Promise<Results> {
  const app = chooseApp(values.app);
  const chosen = choose(values.only);
  const measured = await inRounds(chosen, { rounds, app }, (variant) =>
    measureCell(variant, seconds, { app, cores }),
  );
  const rows = summarize(measured, BARE);
  const leftOut = [...measured.leftOut].map(([{ name, label }, reason]) => ({ name, label, reason }));
  const cells = Object.fromEntries([...measured.cells].map(([{ name }, all]) => [name, all]));
  const order = chosen.flatMap(({ name }) => rows.filter((row) => row.name === name));
  const text = [
    ...heading(app),
    table(
      ['variant', 'added µs CPU', 'min – max', 'p99 ms', 'requests/s', 'RSS MB', 'start ms'],
      order.map(inColumns),
    ),
    ...order.filter(({ exportedShare }) => exportedShare !== undefined).map(exported),
    ...leftOut.map(({ label, reason }) => `left out: ${label}: ${reason}`),
  ];
  return { figures: { app, rows, leftOut, cells }, text: text.join('\n') };
}

async function adapters(): Promise<Results> {
  const added = await addedByAdapters(rounds, (variant, app) =>
    measureCell(variant, seconds, { app, cores }),
  );
  return {
    figures: added,
    text: [...heading('the same app in every framework'), adapterTable(added)].join('\n'),
  };
}

function heading(what: string): string[] {
  return [
    inWords(machine),
    `${what}, ${rounds} rounds of ${seconds} s, medians; CPU of the service's process, user and system\n`,
  ];
}

function inColumns(row: Row): string[] {
  const { median, min, max } = row.addedMicros;
  const isBare = row.name === BARE.name;
  return [
    row.label,
    isBare ? `(${row.cpuMicrosPerRequest.toFixed(1)})` : signed(median),
    isBare ? '' : `${signed(min)} – ${signed(max)}`,
    row.p99Ms.toFixed(1),
    row.requestsPerSecond.toFixed(0),
    row.rssMebibytes.toFixed(0),
    row.startMs.toFixed(0),
  ];
}

function exported({ label, exportedShare = 0 }: Row): string {
  return `spans of ${label} that reached the receiver: ${(100 * exportedShare).toFixed(0)} % of the requests`;
}

function signed(micros: number): string {
  return `${micros < 0 ? '−' : '+'}${Math.abs(micros).toFixed(1)}`;
}
