import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { liveRuns } from '../../packages/cli/src/check/live-runs.ts';
import { nodeClock } from '../../packages/cli/src/node-clock.ts';
import { TOKEN } from '../../test/service.ts';
import { underLoad } from './pair.ts';
import { type RecordedPair, recordedPair } from './recorded-pair.ts';
import { stepsPerMs } from './work.ts';

/**
 * Records pairs for the tests of `tacho check`: half of them of the same build, half with one that has a tenth more to
 * do. Run by `node bench/gate/record.ts -- [--pairs 20] [--seconds 5] [--out test/gate/recorded-pairs.json.gz]`.
 */
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '5' },
    out: { type: 'string', default: 'test/gate/recorded-pairs.json.gz' },
  },
  allowPositionals: true,
});
const steps = stepsPerMs();
const same: RecordedPair[] = [];
const slower: RecordedPair[] = [];
for (let pair = 0; pair < Number(values.pairs); pair++) {
  same.push(await record(1));
  slower.push(await record(1.1));
  process.stderr.write(`pair ${pair + 1} of ${values.pairs}\n`);
  writeFileSync(values.out, gzipSync(JSON.stringify({ stepsPerMs: steps, same, slower }), { level: 9 }));
}

function record(factor: number): Promise<RecordedPair> {
  return underLoad({ stepsPerMs: steps, factor }, async (...services) => {
    const asked = services.map(({ admin }) => ({ url: admin.url, token: TOKEN }));
    const never = new AbortController().signal;
    const environment = { clock: nodeClock, fetch, interrupted: never };
    const [baseline, current] = await liveRuns(asked, Number(values.seconds) * 1000, environment);
    return recordedPair({ baseline: baseline!, current: current! });
  });
}
