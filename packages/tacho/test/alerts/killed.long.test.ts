import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

/** A rule is told of again no earlier than five minutes after it was, so this takes six. */
const LIMIT_MS = 600_000;

let folder: string;
let receiver: Server;
let child: ChildProcess | undefined;
const received: { readonly type: string; readonly data: { readonly id: string } }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tacho-killed-'));
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push(JSON.parse(body));
    response.end();
  });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => {
  child?.kill('SIGKILL');
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

async function startService(): Promise<{ url: string; kill(): Promise<void> }> {
  const { port } = receiver.address() as AddressInfo;
  const program = join(import.meta.dirname, 'service.mjs');
  const started = spawn(
    process.execPath,
    [program, join(folder, 'tacho.db'), `http://127.0.0.1:${port}/hook`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  child = started;
  const [line] = await once(createInterface(started.stdout), 'line');
  return {
    url: `http://127.0.0.1:${line}`,
    async kill() {
      started.kill('SIGKILL');
      await once(started, 'exit');
    },
  };
}

/** Sends requests until something is so, for at most `limitMs`. */
async function drive(url: string, isSo: () => boolean, limitMs: number): Promise<void> {
  for (const endMs = Date.now() + limitMs; !isSo() && Date.now() < endMs; ) {
    await (await fetch(url)).arrayBuffer();
    await wait(200);
  }
}

function types(): string[] {
  return received.map(({ type }) => type);
}

it(
  'a service that is killed while an alert fires tells nobody again, and tells once that it is over',
  async () => {
    const first = await startService();
    await drive(`${first.url}/fail`, () => received.length > 0, 180_000);
    expect(types()).toEqual(['alert.firing']);
    await wait(2000);
    await first.kill();
    const second = await startService();
    await drive(`${second.url}/fail`, () => received.length > 1, 100_000);
    expect(types()).toEqual(['alert.firing']);
    await drive(`${second.url}/ok`, () => received.length > 1, 420_000);
    await drive(`${second.url}/ok`, () => received.length > 2, 40_000);
    expect(types()).toEqual(['alert.firing', 'alert.resolved']);
    expect(new Set(received.map(({ data }) => data.id)).size).toBe(2);
    await second.kill();
  },
  LIMIT_MS,
);
