import { spawnSync } from 'node:child_process';
import { ROOT } from '../processes.ts';
import { buildCollector, goProgram } from './build-collector.ts';

/** Builds a Collector where Go is, and tests against it. Where Go is not, it says so, and that nothing was tested. */
const go = goProgram();
if (go === undefined) {
  console.error('SKIPPED: there is no Go here to build an OpenTelemetry Collector with. Nothing was tested.');
  process.exit(0);
}
await buildCollector(go);
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const { status } = spawnSync(process.execPath, [...jest, '--config', 'jest.interop.config.js'], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exit(status ?? 1);
