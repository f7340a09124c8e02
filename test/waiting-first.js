import Sequencer from '@jest/test-sequencer';

/** Tests in the order in which they start before all others: first those that mostly wait, then the longest. */
const FIRST = [
  'test/guide-commands.test.ts',
  'test/history/shared-file.test.ts',
  'test/history/disk-full.test.ts',
  'test/history/harmed-files.test.ts',
  'test/history/bad-files.test.ts',
  'test/history/killed.test.ts',
  'test/history/sigterm.test.ts',
  'test/exactness/every-request.test.ts',
  'test/flood/flood.test.ts',
  'test/context/context.test.ts',
  'test/parity/settings.test.ts',
  'test/parity/parity.test.ts',
  'packages/store-sqlite/test/crash/kill.test.ts',
  'packages/store-sqlite/test/store/conformance.test.ts',
];

/** Jest's own order, by size or by the time taken before, knows nothing of a first run's long waits. */
export default class WaitingFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const rank = ({ path }) => FIRST.findIndex((file) => path.endsWith(file)) + 1 || FIRST.length + 1;
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
