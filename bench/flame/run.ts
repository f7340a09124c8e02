import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chooseApp, wholeNumber } from '../overhead/choose.ts';
import { cores as coresHere } from '../overhead/cores.ts';
import { withLoad } from '../overhead/load.ts';
import { withVariant } from '../overhead/service.ts';
import { VARIANTS } from '../overhead/variants.ts';
import { table } from '../store/table.ts';
import { draw } from './draw.ts';
import { type Profile, selfTimes, stacksOf } from './stacks.ts';

/**
 * Where the time of a request goes, as a flame graph and as a table of our own functions. Run by
 * `npm run bench:flame -- [--variant tacho] [--seconds 10] [--app koa|http] [--out flame.svg]`.
 */
const { values } = parseArgs({
  options: {
    variant: { type: 'string', default: 'tacho' },
    seconds: { type: 'string', default: '10' },
    app: { type: 'string', default: 'koa' },
    out: { type: 'string', default: 'flame.svg' },
  },
});
const seconds = wholeNumber('seconds', values.seconds);
const app = chooseApp(values.app);
const variant = VARIANTS.find(({ name }) => name === values.variant);
if (variant === undefined) {
  console.error(`--variant is ${values.variant}; allowed: ${VARIANTS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const cores = coresHere();
const { profile, requests } = await withVariant(variant, { app, cores }, (running) => {
  const load = { port: running.port, connections: 32, warmUp: { seconds: 3 }, measure: { seconds } };
  return withLoad(load, cores, async ({ warmUp, measure }) => {
    await warmUp();
    await running.ask('begin profile');
    const { requests } = await measure();
    return { requests, profile: (await running.ask('end profile')) as Profile };
  });
});

const stacks = stacksOf(profile);
writeFileSync(values.out, draw(stacks, `${variant.label}, ${app}: ${requests} requests in ${seconds} s`));
console.log(
  table(
    ['function of ours', 'µs a request', '% of all'],
    selfTimes(stacks)
      .slice(0, 20)
      .map(({ name, micros }) => [
        name,
        (micros / requests).toFixed(2),
        ((100 * micros) / stacks.totalMicros).toFixed(2),
      ]),
  ),
);
console.log(`\nthe flame graph is in ${values.out}`);
