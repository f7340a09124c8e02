'use strict';

/**
 * The program under measurement: first the variant, as a service would set it up on its first line, then the app.
 * Plain CommonJS, which every peer can instrument without a loader of its own and Node runs without stripping types.
 */
const { variant, app } = JSON.parse(process.argv[2]);
const { Session } = require('node:inspector/promises');
const { join } = require('node:path');
const { setTimeout } = require('node:timers/promises');

/** How long V8 may take to hand freed pages back. */
const GIVING_BACK_MS = 200;

const { middleware } = require(join(__dirname, variant));

let startMs;

const answers = {
  start: () => startMs,
  usage,
  'begin profile': beginProfile,
  'end profile': endProfile,
  'usage after gc': async () => {
    for (let pass = 0; pass < 3; pass++) {
      globalThis.gc();
      await setTimeout(GIVING_BACK_MS);
    }
    return usage();
  },
  loading: () => globalThis.benchLoading?.(),
};

function usage() {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpuMicros: user + system, rssBytes: rss, heapBytes: heapUsed };
}

serve();

async function serve() {
  const server = await require(join(__dirname, `${app}.cjs`)).createServer(middleware);
  server.listen(0, '127.0.0.1', () => listening(server));
}

function listening(server) {
  startMs = performance.now();
  process.on('disconnect', () => process.exit());
  process.on('message', async ({ id, question }) => {
    process.send({ id, answer: await answers[question]() });
  });
  process.send({ ports: { http: server.address().port } });
}

let inspector;

/** Every 100 µs. */
async function beginProfile() {
  inspector = new Session();
  inspector.connect();
  await inspector.post('Profiler.enable');
  await inspector.post('Profiler.setSamplingInterval', { interval: 100 });
  await inspector.post('Profiler.start');
}

async function endProfile() {
  const { profile } = await inspector.post('Profiler.stop');
  inspector.disconnect();
  return profile;
}
