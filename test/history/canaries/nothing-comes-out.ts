import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from '@jest/globals';
import { eventually } from '../../eventually.ts';
import { decodeSpans } from '../../receiver/decode.ts';
import type { Service } from '../../service.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import type { Canary } from './canaries.ts';
import { portsOf, said, startExporting } from './exporting.ts';
import { sendCanaries } from './load.ts';
import { answersOf, filesIn, runTacho } from './outputs.ts';
import { type Output, scan } from './scan.ts';

/** Of requests for one canary, those that are answered, at least. */
const ANSWERED_EACH = 80;

/** Sends canaries to a service, and looks for them in all that it says, keeps and exports, up to its end. */
export async function expectNothingComesOut(canaries: readonly Canary[]): Promise<void> {
  const folder = await temporaryFolder();
  const service = await startExporting(folder, []);
  const answered = await sendCanaries(portsOf(service), canaries);
  expect(answered).toBeGreaterThan(ANSWERED_EACH * canaries.length);
  expect(await service.ask('uncaught')).toBeGreaterThan(0);
  await service.ask('idle');

  const outputs = [...(await whileRunning(service, folder)), ...(await atItsEnd(service, folder, canaries))];
  expectThorough(outputs, answered);
  const texts = canaries.map(({ text }) => text);
  expect(scan(texts, outputs)).toEqual([]);
}

/** Answers, files beside a store that is open, and what the commands make of it. */
async function whileRunning(service: Service, folder: string): Promise<Output[]> {
  const answers = await answersOf(service.admin);
  const log = join(folder, 'tacho.db-wal');
  await eventually('a flush', () => (existsSync(log) && statSync(log).size > 0 ? true : undefined));
  const files = await filesIn(folder, 'while it is running');
  const { port } = new URL(service.admin.url);
  const commands = [
    ['backup', 'backup.db'],
    ['export', 'export.json'],
    ['monitor', '--save', '--interval', '1', '--duration', '1'],
  ];
  const printed: Output[] = [];
  for (const command of commands) printed.push(await runTacho(command, folder, port));
  return [...answers, ...files, ...printed, ...(await filesIn(folder, 'when the commands have run'))];
}

/** What is left when the service has to end while its store is locked, and all that it has said. */
async function atItsEnd(service: Service, folder: string, canaries: readonly Canary[]): Promise<Output[]> {
  const rival = new DatabaseSync(join(folder, 'tacho.db'));
  rival.exec('BEGIN EXCLUSIVE');
  await sendCanaries(
    portsOf(service),
    canaries.filter((_, n) => n % 8 === 0),
  );
  await service.stop();
  rival.close();
  return [...said(service), ...(await filesIn(folder, 'after its end'))];
}

/** That there was something of everything to look at. */
function expectThorough(outputs: readonly Output[], answered: number): void {
  const has = (name: RegExp, content: RegExp): boolean =>
    outputs.some((output) => name.test(output.name) && content.test(output.bytes.toString('latin1')));
  const traces = outputs.filter(({ name }) => /-v1-traces .*end$/.test(name));
  const spans = traces.reduce((sum, { bytes }) => sum + decodeSpans(bytes).length, 0);
  // A span for each request, and one more for each that the service sends itself.
  expect(spans).toBeGreaterThan(answered);
  expect({
    file: has(/tacho\.db /, /\/people\/:name/),
    log: has(/tacho\.db-wal /, /./s),
    key: has(/tacho\.db\.key /, /./s),
    pending: has(/tacho\.db\.pending\//, /\/people\/:name/),
    backup: has(/backup\.db /, /\/people\/:name/),
    export: has(/export\.json /, /\/people\/:name/),
    snapshot: has(/tacho-metrics-.*\.json /, /\/people\/:name/),
    slow: has(/answer to slow-requests/, /"\/slow\/:name"|GET \/slow\/:name/),
    users: has(/answer to users/, /[0-9a-f]{32}/),
    lines: has(/stderr/, /"event":"server_error".*\/throws/) && has(/stderr/, /"event":"slow_request"/),
    traces: has(/received\/\d+-v1-traces/, /exception\.stacktrace/),
    calls:
      has(/received\/\d+-v1-traces/, /SELECT \* FROM people WHERE name = \?/) && has(/-v1-traces/, /hset \?/),
    metrics: has(/received\/\d+-v1-metrics/, /http\.server\.request\.duration/),
  }).toEqual(Object.fromEntries(KINDS.map((kind) => [kind, true])));
}

const KINDS = [
  ...['file', 'log', 'key', 'pending', 'backup', 'export', 'snapshot', 'slow', 'users', 'lines', 'traces'],
  'calls',
  'metrics',
];
