/**
 * A service that is measured, and asked the same again and again while one call of tacho's after another fails.
 * Prints its `Outcome`. The plan is the first argument; the environment says where to export to.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { startApp } from './app.ts';
import { differences, repliesOf } from './exchanges.ts';
import { replacements } from './fault-points.ts';
import { faultsAt, untilFailed } from './faults.ts';
import { adminPort, askAll, type StartMonitoring, shutDown, surroundings } from './monitored.ts';
import type { Outcome, Plan } from './plan.ts';
import { Trial } from './trial.ts';
import { note, takeTroubles } from './troubles.ts';

/** How many times faster than usual time passes for tacho: a minute is a little more than half a second. */
const FASTER = 100;
const MINUTE_MS = 600;

const plan = JSON.parse(process.argv[2] ?? '') as Plan;
const app = await startApp();
const expected = await repliesOf(app);
for (const difference of differences(expected, await repliesOf(app))) note(`without tacho: ${difference}`);

const {
  setInterval: every,
  Date: { now },
} = globalThis;
const epoch = now();
replacements.set(now, () => epoch + (now() - epoch) * FASTER);
replacements.set(every, (run, ms) => every(run as () => void, Math.max(1, Number(ms) / FASTER)));

const trial = new Trial(plan);

async function serve(): Promise<void> {
  for (const difference of differences(expected, await repliesOf(app))) note(difference);
}

async function setUpAndShutDown(start: StartMonitoring): Promise<void> {
  const before = surroundings();
  const monitoring = trial.start(start);
  await adminPort(monitoring, 30);
  await serve();
  await shutDown(monitoring, before);
}

const startMonitoring = await trial.load();
const loading = await trial.sitesOf(async () => setUpAndShutDown(await trial.load()));
const settingUp = await trial.sitesOf(() => setUpAndShutDown(startMonitoring));

const before = surroundings();
const monitoring = trial.start(startMonitoring);
const port = await adminPort(monitoring, 10_000);
if (port === undefined) throw new Error('the admin API does not listen');
const serving = await trial.sitesOf(serve);
const asked = await trial.sitesOf(() => askAll(port));
const passing = await trial.sitesOf(() => pause(3 * MINUTE_MS));

await trial.tryAll('serving', faultsAt(serving), serve);
await trial.tryAll('when asked', faultsAt(asked), () => askAll(port));
await trial.tryAll('as time passes', faultsAt(passing), (fault) => untilFailed(fault, 1.5 * MINUTE_MS));
const reachedAgain = await trial.sitesOf(() => pause(3 * MINUTE_MS));
await askAll(port);
await serve();
await shutDown(monitoring, before);

await trial.tryAll('set up and shut down', faultsAt(settingUp), () => setUpAndShutDown(startMonitoring));
const onlyLoading = loading.filter((site) => !settingUp.includes(site));
await trial.tryAll('when loaded', faultsAt(onlyLoading), async () => setUpAndShutDown(await trial.load()));
await setUpAndShutDown(startMonitoring);

app.koa.close();
app.plain.close();
const outcome: Outcome = {
  tried: trial.tried,
  reached: trial.reached.size,
  sites: trial.sites,
  deadLoops: passing.length - reachedAgain.length,
  troubles: takeTroubles(),
};
process.stdout.write(JSON.stringify(outcome));
