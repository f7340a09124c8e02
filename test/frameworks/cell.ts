import { isDeepStrictEqual } from 'node:util';
import type { EndpointReport, Summary } from '../admin-api.ts';
import type { EndpointTally } from '../load/tally.ts';
import { startService } from '../service.ts';
import { compile, type Way } from './compile.ts';
import type { Routes } from './endpoints.ts';
import type { Framework } from './frameworks.ts';
import type { NodeVersion } from './nodes.ts';
import { send } from './send.ts';

/** One way to deploy one framework, on one Node. */
export interface Cell {
  readonly node: NodeVersion;
  readonly framework: Framework;
  readonly way: Way;
}

export interface CellResult {
  readonly requests: number;
  /** What the table of endpoints has otherwise than the client, in words. Empty: it is right. */
  readonly differences: readonly string[];
}

/**
 * Sends requests to an application in a process of its own, and compares what tacho has counted with what was sent.
 *
 * @param times how often each kind of request
 */
export async function runCell({ framework, way, node }: Cell, times: number): Promise<CellResult> {
  const program = await compile(framework, way);
  const service = await startService(program.file, {
    monitored: 'itself',
    arguments: program.arguments,
    node: node.path,
  });
  try {
    const version = await service.ask('version');
    if (version !== node.version) throw new Error(`it runs on Node ${version}`);
    const { tally, wrongAnswers } = await send(service.ports.http!, routesOf({ framework, way }), times);
    await service.ask('idle');
    const differences = [
      ...new Set(wrongAnswers),
      ...compare(tally.endpoints, await service.admin.endpoints()),
      ...leftOut(await service.admin.summary()),
    ];
    return { requests: tally.total, differences };
  } finally {
    await service.stop();
  }
}

/** Whether some requests of the framework have no template of its own there. */
export function isLessKnown({ framework, way }: Pick<Cell, 'framework' | 'way'>): boolean {
  return way === 'bundle before' && framework.bundledBefore !== undefined;
}

function routesOf(cell: Pick<Cell, 'framework' | 'way'>): Routes {
  const { routes, bundledBefore } = cell.framework;
  return isLessKnown(cell) ? { ...routes, ...bundledBefore } : routes;
}

/** Nothing may be left out, but for these questions themselves. */
function leftOut({ not_measured }: Summary): string[] {
  const others = Object.entries(not_measured).filter(([kind]) => kind !== 'admin-api');
  return others.map(([kind, count]) => `${count} not measured: ${kind}`);
}

function compare(
  sent: ReadonlyMap<string, EndpointTally>,
  counted: Readonly<Record<string, EndpointReport>>,
): string[] {
  const endpoints = [...new Set([...sent.keys(), ...Object.keys(counted)])].sort();
  return endpoints.flatMap((endpoint) => {
    const expected = sent.get(endpoint);
    const report = counted[endpoint];
    const seen = report && cutDown(report);
    if (isDeepStrictEqual(seen, expected)) return [];
    return [`${endpoint}: sent ${inWords(expected)}, counted ${inWords(seen)}`];
  });
}

function cutDown({
  count,
  errors,
  client_errors,
  server_errors,
  aborted,
  streamed,
}: EndpointReport): EndpointTally {
  return { count, errors, client_errors, server_errors, aborted, streamed };
}

function inWords(tally: EndpointTally | undefined): string {
  if (tally === undefined) return 'nothing';
  const parts = Object.entries(tally).filter(([, count]) => count > 0);
  return parts.map(([name, count]) => `${name} ${count}`).join(', ');
}
