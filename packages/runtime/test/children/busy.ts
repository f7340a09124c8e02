import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type { RuntimeSample } from '@tacho/core';
import { RuntimeSampler } from '../../src/runtime-sampler.ts';

/** Prints a sample of each of the things that a process can be busy with, by name. */

export type Busy =
  | 'idle'
  | 'blocked'
  | 'blockedAtReading'
  | 'collecting'
  | 'grown'
  | 'connected'
  | 'after'
  | 'worker';

const SOCKETS = 40;

const sampler = new RuntimeSampler();
const kept: unknown[] = [];

function block(ms: number): void {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}

async function sample(): Promise<RuntimeSample> {
  const make = await sampler.prepare();
  return make(Date.now());
}

/** So that the application's timer and the reading's are due in the same turn. */
async function blockedAtReading(): Promise<RuntimeSample> {
  const reading = new Promise<RuntimeSample>((resolve) => {
    setTimeout(() => block(200), 50);
    setTimeout(() => resolve(sample()), 50);
  });
  return reading;
}

async function collect(): Promise<void> {
  for (let n = 0; n < 300; n++) {
    for (let m = 0; m < 1000; m++) kept[0] = new Array(100).fill(m);
    await nextTurn();
  }
}

function grow(): void {
  for (let n = 0; n < 500_000; n++) kept.push({ n });
  kept.push(Buffer.alloc(30_000_000));
}

async function connected(): Promise<RuntimeSample> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted: Promise<unknown>[] = [];
  const sockets = Array.from({ length: SOCKETS }, () => connect(port, '127.0.0.1'));
  for (const socket of sockets) accepted.push(once(socket, 'connect'));
  await Promise.all(accepted);
  const sampled = await sample();
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
  return sampled;
}

async function ofWorker(): Promise<RuntimeSample> {
  const worker = new Worker(new URL(import.meta.url));
  const [sampled] = (await once(worker, 'message')) as [RuntimeSample];
  return sampled;
}

async function main(): Promise<Record<Busy, RuntimeSample>> {
  await sample();
  await sleep(200);
  const idle = await sample();
  block(200);
  const blocked = await sample();
  const atReading = await blockedAtReading();
  await collect();
  const collecting = await sample();
  grow();
  const grown = await sample();
  const opened = await connected();
  await sleep(200);
  const after = await sample();
  const worker = await ofWorker();
  return {
    idle,
    blocked,
    blockedAtReading: atReading,
    collecting,
    grown,
    connected: opened,
    after,
    worker,
  };
}

// The sampler holds no process, and nobody stops it: what is held here is let go when all is said.
const held = setInterval(() => {}, 1000);
if (isMainThread) process.stdout.write(JSON.stringify(await main()));
else parentPort?.postMessage(await sample());
clearInterval(held);
