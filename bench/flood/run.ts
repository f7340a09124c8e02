import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { wholeNumber } from '../overhead/choose.ts';
import { cores as coresHere } from '../overhead/cores.ts';
import { inWords, thisMachine } from '../overhead/machine.ts';
import { median } from '../overhead/summary.ts';
import { table } from '../store/table.ts';
import { measureRound, type Round, rejections } from './round.ts';

/**
 * What a flood of bad requests to the admin API takes from the app beside it. Run by
 * `npm run bench:flood -- [--rounds 5] [--seconds 8] [--rate 1000] [--json] [--out file]`.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '8' },
    rate: { type: 'string', default: '1000' },
    json: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const count = wholeNumber('rounds', values.rounds);
const seconds = wholeNumber('seconds', values.seconds);
const perSecond = wholeNumber('rate', values.rate);
const cores = coresHere();
const machine = thisMachine(cores);

const rounds: Round[] = [];
for (let round = 0; round < count; round++) {
  process.stderr.write(`round ${round + 1} of ${count} … `);
  rounds.push(await measureRound({ seconds, perSecond, cores, floodFirst: round % 2 === 1 }));
  process.stderr.write('done\n');
}

const json = JSON.stringify({ machine, seconds, perSecond, rounds, figures: figures() }, null, 2);
if (values.out !== undefined) writeFileSync(values.out, `${json}\n`);
console.log(values.json ? json : text());

interface Figure {
  readonly name: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

function figures(): Figure[] {
  return [
    figure('app requests/s without', ({ quiet }) => quiet.requestsPerSecond),
    figure('app requests/s flooded', ({ flooded }) => flooded.requestsPerSecond),
    figure('flooded, % of without', ({ quiet, flooded }) => percentOf(flooded, quiet, 'requestsPerSecond')),
    figure('app CPU µs a request without', ({ quiet }) => quiet.cpuMicrosPerRequest),
    figure('app CPU µs a request flooded', ({ flooded }) => flooded.cpuMicrosPerRequest),
    figure('requests its core could answer, % of without', ({ quiet, flooded }) =>
      percentOf(quiet, flooded, 'cpuMicrosPerRequest'),
    ),
    figure('app p99 ms without', ({ quiet }) => quiet.p99Ms),
    figure('app p99 ms flooded', ({ flooded }) => flooded.p99Ms),
    figure('p99 flooded, % of without', ({ quiet, flooded }) => percentOf(flooded, quiet, 'p99Ms')),
    figure('bad requests/s offered', ({ flood }) => flood.offered / seconds),
    figure('rejections/s answered', ({ flood }) => rejections(flood.answered) / seconds),
    figure('µs CPU a rejection, alone', ({ cpuMicrosPerRejection }) => cpuMicrosPerRejection),
  ];
}

function percentOf(
  one: Round['flooded'],
  other: Round['quiet'],
  key: 'requestsPerSecond' | 'p99Ms' | 'cpuMicrosPerRequest',
): number {
  return (100 * one[key]) / other[key];
}

function figure(name: string, of: (round: Round) => number): Figure {
  const all = rounds.map(of);
  return { name, median: median(all), min: Math.min(...all), max: Math.max(...all) };
}

function text(): string {
  const rows = figures().map(({ name, median, min, max }) => [
    name,
    median.toFixed(1),
    `${min.toFixed(1)} – ${max.toFixed(1)}`,
  ]);
  return [
    inWords(machine),
    `${count} rounds of ${seconds} s without and ${seconds} s with ${perSecond} bad requests a second offered, medians\n`,
    table(['', 'median', 'min – max'], rows),
  ].join('\n');
}
