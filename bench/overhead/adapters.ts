import { table } from '../store/table.ts';
import type { Cell } from './cell.ts';
import { inRounds, type Rounds } from './rounds.ts';
import { median } from './summary.ts';
import type { AnyApp, Variant } from './variant.ts';
import { BARE, TACHO } from './variants.ts';

const HTTP: AnyApp = 'http';
const APPS: readonly AnyApp[] = [HTTP, 'koa', 'express', 'express-4', 'fastify', 'hapi', 'hono'];

/** What tacho costs in the app of one framework. */
export interface AdapterRow {
  readonly app: AnyApp;
  /** Of the app without tacho, the median. */
  readonly bareMicros: number;
  /** Over the bare app of the same round. */
  readonly addedMicros: Spread;
  /** Over what it adds to plain HTTP in the same round: what learning the routes costs. */
  readonly overHttpMicros: Spread;
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface AddedByAdapters {
  readonly rows: readonly AdapterRow[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** Measures the app of every framework with and without tacho, all once a round. */
export async function addedByAdapters(
  rounds: number,
  measure: (variant: Variant, app: AnyApp) => Promise<Cell>,
): Promise<AddedByAdapters> {
  const apps = new Map<Variant, AnyApp>();
  for (const app of APPS) {
    for (const variant of [BARE, TACHO]) apps.set({ ...variant, name: `${variant.name} in ${app}` }, app);
  }
  const measured = await inRounds([...apps.keys()], { rounds, app: 'http' }, (variant) =>
    measure(variant, apps.get(variant)!),
  );
  const leftOut = [...measured.leftOut].map(([{ name }, reason]) => ({ name, reason }));
  return { rows: rowsOf(measured, apps), leftOut };
}

function rowsOf({ cells }: Rounds<Cell>, apps: ReadonlyMap<Variant, AnyApp>): AdapterRow[] {
  const micros = (app: AnyApp, file: string): number[] => {
    const variant = [...apps.keys()].find((one) => one.file === file && apps.get(one) === app)!;
    return (cells.get(variant) ?? []).map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest);
  };
  const addedTo = (app: AnyApp): number[] => {
    const bare = micros(app, BARE.file);
    return micros(app, TACHO.file).map((cost, round) => cost - (bare[round] ?? Number.NaN));
  };
  const addedToHttp = addedTo(HTTP);
  return APPS.map((app) => {
    const added = addedTo(app);
    return {
      app,
      bareMicros: median(micros(app, BARE.file)),
      addedMicros: spreadOf(added),
      overHttpMicros: spreadOf(added.map((cost, round) => cost - (addedToHttp[round] ?? Number.NaN))),
    };
  }).filter(({ overHttpMicros }) => Number.isFinite(overHttpMicros.median));
}

function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

export function adapterTable({ rows, leftOut }: AddedByAdapters): string {
  return [
    table(
      ['app', 'bare µs CPU', 'added by tacho', 'min – max', 'over plain HTTP', 'min – max'],
      rows.map(({ app, bareMicros, addedMicros, overHttpMicros }) => [
        app,
        bareMicros.toFixed(1),
        ...inColumns(addedMicros),
        ...(app === HTTP ? ['', ''] : inColumns(overHttpMicros)),
      ]),
    ),
    ...leftOut.map(({ name, reason }) => `left out: ${name}: ${reason}`),
  ].join('\n');
}

function inColumns({ median, min, max }: Spread): string[] {
  return [signed(median), `${signed(min)} – ${signed(max)}`];
}

/** Microseconds to two places. */
function signed(micros: number): string {
  return `${micros < 0 ? '−' : '+'}${Math.abs(micros).toFixed(2)}`;
}
