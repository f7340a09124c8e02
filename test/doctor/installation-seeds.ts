import { install, put } from './places.ts';
import type { Seed } from './seed.ts';

/** An application whose script starts like this. */
function script(start: string): Seed['plant'] {
  return async ({ folder }) => {
    await put(folder, { 'package.json': { name: 'shop', scripts: { start } } });
    return {};
  };
}

function installed(...packages: readonly string[]): Seed['plant'] {
  return async ({ folder }) => {
    await install(folder, ...packages);
    return {};
  };
}

/** What is wrong with what is installed, and with how it is loaded. */
export const INSTALLATION_SEEDS: readonly Seed[] = [
  {
    name: 'APIs of two majors',
    id: 'otel-copies',
    status: 'problem',
    remedy: /^npm install @opentelemetry\/api@2\.0\.1, then "npm ls @opentelemetry\/api"/,
    plant: installed('@opentelemetry/api@1.9.0', 'old-client@3.1.0/@opentelemetry/api@2.0.1'),
  },
  {
    name: 'an API that is newer than the one that tacho registers with',
    id: 'otel-copies',
    status: 'problem',
    remedy: /^npm install @opentelemetry\/api@1\.12\.0 && npm dedupe/,
    plant: installed('tacho@0.1.0/@opentelemetry/api@1.10.0', '@opentelemetry/api@1.12.0'),
  },
  {
    name: 'an SDK of the time before 2.0',
    id: 'otel-copies',
    status: 'problem',
    remedy: /^npm install @opentelemetry\/sdk-trace-node@latest/,
    plant: installed('@opentelemetry/api@1.9.0', '@opentelemetry/sdk-trace-node@1.30.1'),
  },
  {
    name: 'tacho twice',
    id: 'otel-copies',
    status: 'warning',
    remedy: /^npm dedupe/,
    plant: installed('tacho@0.1.0', 'shop-parts@1.0.0/tacho@0.0.9'),
  },
  {
    name: 'tacho/register after the application',
    id: 'load-order',
    status: 'problem',
    remedy:
      /^Put --import tacho\/register in front of the application's file: node --import tacho\/register app\.js$/,
    plant: script('NODE_ENV=production node server.js --import tacho/register'),
  },
  {
    name: 'tacho before the variables of .env',
    id: 'load-order',
    status: 'problem',
    remedy: /^Put --import dotenv\/config in front of --import tacho\/register, or use node --env-file=\.env/,
    plant: script('node --import=tacho/register --import=dotenv/config server.js'),
  },
  {
    name: 'a package that is loaded and starts nothing',
    id: 'load-order',
    status: 'problem',
    remedy: /^Write --import tacho\/register, or call startMonitoring\(\)/,
    plant: async () => ({ variables: { NODE_OPTIONS: '--max-http-header-size=16384 --import tacho' } }),
  },
];
