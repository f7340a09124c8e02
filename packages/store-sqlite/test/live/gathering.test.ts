import { randomUUID } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { doorAddress } from '../../src/live/door-address.ts';
import { Gathering } from '../../src/live/gathering.ts';
import type { SeenWriter } from '../../src/rows/accepted.ts';

/** A process that shares a store, as the others see it. */
class Member {
  readonly writer = randomUUID();
  readonly gathering: Gathering;
  asked = 0;
  /** Since it stored something. */
  agoMs = 5_000;
  last = 0;

  constructor(seen: readonly SeenWriter[], { answers = true } = {}) {
    this.gathering = new Gathering({
      writer: this.writer,
      writers: () => seen.map(({ writer, last, agoMs }) => ({ writer, last, agoMs })),
      askToFlush: (id) => {
        this.asked++;
        if (answers) setTimeout(() => this.gathering.flushed(id), 5);
      },
    });
    opened.push(this.gathering);
  }
}

let seen: SeenWriter[];
let opened: { close(): void }[];

beforeEach(() => {
  seen = [];
  opened = [];
});
afterEach(() => {
  for (const door of opened) door.close();
});

function join(options?: { answers: boolean }): Member {
  const member = new Member(seen, options);
  seen.push(member);
  return member;
}

async function timed(work: Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work;
  return performance.now() - startedAt;
}

async function turns(): Promise<void> {
  await new Promise((settle) => setTimeout(settle, 20));
}

it('asks all that have not stored anything within a second, itself among them', async () => {
  const [one, two, three] = [join(), join(), join()];
  await turns();
  three.agoMs = 999;
  await one.gathering.gather(0);
  expect([one.asked, two.asked, three.asked]).toEqual([1, 1, 0]);
});

it('asks nobody where there is nobody else', async () => {
  const one = join();
  await one.gathering.gather(0);
  expect(one.asked).toBe(0);
});

it('does not ask one again that has flushed just now, whoever wants to know', async () => {
  const [one, two, three] = [join(), join(), join()];
  await turns();
  await one.gathering.gather(0);
  await two.gathering.gather(0);
  await three.gathering.gather(0);
  expect(two.asked).toBeLessThanOrEqual(2);
  expect(one.asked).toBeLessThanOrEqual(2);
});

it('waits once, and for a bounded time, for one that hangs; and again when it has come back', async () => {
  const one = join();
  const hung = join({ answers: false });
  await turns();
  expect(await timed(one.gathering.gather(0))).toBeGreaterThan(100);
  one.agoMs = 0;
  expect(await timed(one.gathering.gather(0))).toBeLessThan(100);
  hung.last++;
  expect(await timed(one.gathering.gather(0))).toBeGreaterThan(100);
});

it('does not wait for one that is gone, nor for a name that is no process', async () => {
  const one = join();
  seen.push({ writer: randomUUID(), last: 0, agoMs: 5_000 }, { writer: '../../else', last: 0, agoMs: 5_000 });
  await turns();
  expect(await timed(one.gathering.gather(0))).toBeLessThan(100);
});

it('bears with somebody who knocks without end, and with one who never leaves', async () => {
  const one = join();
  await turns();
  const address = doorAddress(one.writer) ?? '';
  const { connect } = await import('node:net');
  const sockets: Socket[] = [];
  for (let n = 0; n < 500; n++)
    sockets.push(
      connect({ path: address })
        .on('error', () => {})
        .resume(),
    );
  await turns();
  await turns();
  expect(one.asked).toBeLessThanOrEqual(64);
  for (const socket of sockets) socket.destroy();
});

it('an address that is taken leaves a process without a door, and no more', async () => {
  const writer = randomUUID();
  const taken: Server = createServer();
  await new Promise<void>((settle) => taken.listen(doorAddress(writer), settle));
  const gathering = new Gathering({ writer, writers: () => [], askToFlush: () => {} });
  await turns();
  await gathering.gather(0);
  gathering.close();
  taken.close();
});
