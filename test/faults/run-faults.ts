import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { start } from '../processes.ts';
import { startReceiver } from '../receiver/start-receiver.ts';
import { folderInMemory } from '../temporary-folder.ts';
import type { Outcome, Plan } from './plan.ts';

/** A listener that can't be removed is left, and nobody can help it. */
const UNAVOIDABLE = /^a listener for SIGTERM is left$/;

/** Runs a measured service while its calls fail, and exports to a receiver. It has to end by itself. */
export async function runFaults(plan: Omit<Plan, 'folder'>, limitMs: number): Promise<Outcome> {
  const receiver = await startReceiver('answers');
  const folder = join(await folderInMemory(), 'run');
  await mkdir(folder);
  const child = start(['node', 'test/faults/child.ts', JSON.stringify({ ...plan, folder })], {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '50',
      OTEL_METRIC_EXPORT_INTERVAL: '200',
      OTEL_METRIC_EXPORT_TIMEOUT: '200',
    },
  });
  const exit = await child.end(limitMs);
  if (exit.code !== 0) throw new Error(`the service ended with ${JSON.stringify(exit)}: ${child.stderr}`);
  return JSON.parse(child.stdout) as Outcome;
}

/** What came of the faults that should not have, a line each. */
export function complaints({ tried, troubles }: Outcome): string[] {
  const ofFaults = tried.flatMap((one) => {
    const { phase, at, callee, mode } = one;
    const isUndoing = callee.endsWith('removeListener');
    const left = one.troubles.filter((trouble) => !(isUndoing && UNAVOIDABLE.test(trouble)));
    return left.map((trouble) => `${phase}, ${at}, ${callee} ${mode}: ${trouble}`);
  });
  return [...ofFaults, ...troubles];
}

/** How many places were made to fail, and how many a phase. */
export function pointsOf({ tried, reached, sites }: Outcome): string {
  const places = new Set(tried.map(({ at, callee }) => `${at} ${callee}`));
  const phases = [...new Set(tried.map(({ phase }) => phase))].map(
    (name) => `${tried.filter(({ phase }) => phase === name).length} ${name}`,
  );
  return `${tried.length} faults at ${places.size} of ${reached} places reached, of ${sites} calls: ${phases.join(', ')}`;
}
