import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { table } from '../store/table.ts';
import { bytesAnEndpoint } from './endpoint-memory.ts';
import { type Figures, measure } from './measure.ts';
import { recordings } from './recording.ts';
import { windowOperations } from './windows.ts';

/**
 * Nanoseconds and bytes of every operation on the hot path, and of what is done with a window. Run by
 * `npm run bench:micro -- [--records 10000000] [--rounds 20] [--json]`, with the flags that package.json has.
 */
const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '10000000' },
    rounds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const recordsARound = Math.ceil(Number(values.records) / rounds);

const figures = [...measure(recordings(recordsARound), rounds), ...measure(windowOperations(), rounds)];
const endpointBytes = bytesAnEndpoint();

if (values.json) console.log(JSON.stringify({ rounds, load: loadavg(), figures, endpointBytes }, null, 2));
else {
  const [minute] = loadavg();
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, load average ${minute!.toFixed(1)}, ${rounds} rounds\n`,
  );
  console.log(table(['', 'median', 'least', 'bytes allocated'], figures.map(row)));
  console.log(`\nMemory of an endpoint with typical latencies: ${endpointBytes.toFixed(0)} bytes`);
}

function row({ name, medianNs, leastNs, medianBytes }: Figures): string[] {
  const bytes = medianBytes < 100 ? medianBytes.toFixed(2) : medianBytes.toFixed(0);
  return [name, time(medianNs), time(leastNs), bytes];
}

function time(ns: number): string {
  return ns < 10_000 ? `${ns.toFixed(1)} ns` : `${(ns / 1000).toFixed(1)} µs`;
}
