import { table } from '../../bench/store/table.ts';
import { type Cell, type CellResult, isLessKnown } from './cell.ts';
import { WAYS } from './cells.ts';

const LESS_KNOWN =
  '* as docs/outcomes.md says, some requests are counted under templates learned from their URLs';

/** A cell and what came of it. */
export type Done = Cell & CellResult;

/** One table a Node, and below them what differs, once for all cells in which it is the same. */
export function report(done: readonly Done[]): string {
  const versions = [...new Set(done.map(({ node }) => node.version))];
  const tables = versions.map((version) =>
    tableOf(
      version,
      done.filter(({ node }) => node.version === version),
    ),
  );
  const failed = done.filter(({ differences }) => differences.length > 0);
  const alike = Map.groupBy(failed, ({ differences }) => differences.join('\n    '));
  const lists = [...alike].map(([list, cells]) => `✗ ${cells.map(inWords).join('\n✗ ')}\n    ${list}`);
  const notes = done.some(isLessKnown) ? [LESS_KNOWN] : [];
  return [...tables, ...notes, ...lists, summary(done, failed)].join('\n\n');
}

export function inWords({ node, framework, way }: Cell): string {
  return `Node ${node.version}, ${framework.label}, ${way}`;
}

function tableOf(version: string, done: readonly Done[]): string {
  const labels = [...new Set(done.map(({ framework }) => framework.label))];
  const rows = labels.map((label) => {
    const row = done.filter(({ framework }) => framework.label === label);
    const marks = WAYS.map((way) => mark(row.find((cell) => cell.way === way)));
    return [label, ...marks, String(row.reduce((sum, { requests }) => sum + requests, 0))];
  });
  return table([`Node ${version}`, ...WAYS, 'requests'], rows);
}

function mark(cell: Done | undefined): string {
  if (cell === undefined) return '';
  return cell.differences.length === 0 ? `✓${isLessKnown(cell) ? '*' : ''}` : `✗ ${cell.differences.length}`;
}

function summary(done: readonly Done[], failed: readonly Done[]): string {
  const requests = done.reduce((sum, cell) => sum + cell.requests, 0);
  return `${done.length} cells, ${requests} requests: ${failed.length === 0 ? 'all as sent' : `${failed.length} differ`}`;
}
