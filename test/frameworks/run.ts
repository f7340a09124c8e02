import { parseArgs } from 'node:util';
import { type Cell, type CellResult, runCell } from './cell.ts';
import { atATime, cellsOf } from './cells.ts';
import { chooseFrameworks, chooseMajors, wholeNumber } from './choose.ts';
import { CAN_INSTALL, installedNodes, THIS_NODE } from './nodes.ts';
import { type Done, inWords, report } from './report.ts';

/**
 * Whether tacho counts every request under its route, in every framework, however it is deployed. Run by
 * `npm run test:matrix -- [--node 22,24,26] [--only koa,fastify] [--times 20] [--json]`.
 */
const { values } = parseArgs({
  options: {
    node: { type: 'string' },
    only: { type: 'string' },
    times: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});
const frameworks = chooseFrameworks(values.only);
const majors = chooseMajors(values.node);
const times = wholeNumber('times', values.times);
if (!CAN_INSTALL) console.error(`there is no other Node for this machine: all runs on ${THIS_NODE.version}`);

const cells = cellsOf(CAN_INSTALL ? installedNodes(majors) : [THIS_NODE], frameworks);
let finished = 0;
const done = await atATime(2, cells, async (cell): Promise<Done> => {
  const result = await tried(cell);
  console.error(
    `[${++finished}/${cells.length}] ${inWords(cell)}: ${result.differences.length === 0 ? '✓' : '✗'}`,
  );
  return { ...cell, ...result };
});

console.log(values.json ? JSON.stringify(done.map(asJson), null, 2) : report(done));
if (done.some(({ differences }) => differences.length > 0)) process.exitCode = 1;

/** A cell that can't be run at all is one that differs. */
async function tried(cell: Cell): Promise<CellResult> {
  try {
    return await runCell(cell, times);
  } catch (error) {
    return { requests: 0, differences: [error instanceof Error ? error.message : String(error)] };
  }
}

function asJson({ node, framework, way, requests, differences }: Done): object {
  return { node: node.version, framework: framework.label, way, requests, differences };
}
