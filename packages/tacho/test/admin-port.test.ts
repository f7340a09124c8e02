import { beforeEach, describe, expect, it } from '@jest/globals';
import { MINUTE_MS, SECOND_MS } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import { MemoryState } from '@tacho/store';
import { AdminPort } from '../src/admin-port.ts';

const IN_USE = Object.assign(new Error('in use'), { code: 'EADDRINUSE' });

let clock: ManualClock;
let state: MemoryState;
let told: string[];

beforeEach(() => {
  clock = new ManualClock(0);
  state = new MemoryState({ clock });
  told = [];
});

function portOf(name: string, store: 'file' | 'memory' = 'file', port = 9797, own = clock): AdminPort {
  const tell = (level: string) => (text: string) => told.push(`${level}: ${text}`);
  return new AdminPort({
    host: '127.0.0.1',
    port,
    claims: store === 'file' ? { state, name } : undefined,
    clock: own,
    notices: { info: tell('info'), warn: tell('warn'), error: tell('error'), warnRarely: tell('rare') },
  });
}

async function tries(port: AdminPort, times: number, error: NodeJS.ErrnoException = IN_USE): Promise<void> {
  for (let n = 0; n < times; n++) await port.refused(error);
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}

async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += SECOND_MS) {
    clock.advance(SECOND_MS);
    await settled();
  }
}

describe('a port that another process of the service has', () => {
  it('is told in one informative line', async () => {
    portOf('holder').taken();
    await pass(SECOND_MS);
    await tries(portOf('other'), 20);
    expect(told).toEqual([
      expect.stringMatching(/^info: port 9797 of 127\.0\.0\.1 is held by another process/),
    ]);
  });

  it('is told for as long as it is held, and not much longer', async () => {
    const holder = portOf('holder');
    holder.taken();
    await pass(10 * MINUTE_MS);
    await tries(portOf('second'), 20);
    expect(told).toHaveLength(1);
    await holder.left();
    await tries(portOf('third'), 20);
    expect(told).toEqual([expect.stringMatching(/^info/), expect.stringMatching(/^warn.*another program/)]);
  });

  it('is no longer believed to be held half a minute after its holder was killed', async () => {
    const killed = new ManualClock(0);
    portOf('killed', 'file', 9797, killed).taken();
    killed.advance(SECOND_MS);
    await settled();
    await pass(29 * SECOND_MS);
    expect(await state.get('admin-api:127.0.0.1:9797')).toBe('killed');
    await pass(2 * SECOND_MS);
    expect(await state.get('admin-api:127.0.0.1:9797')).toBeUndefined();
  });

  it('is claimed by whoever takes it over', async () => {
    portOf('killed').taken();
    await pass(SECOND_MS);
    portOf('heir').taken();
    await pass(SECOND_MS);
    expect(await state.get('admin-api:127.0.0.1:9797')).toBe('heir');
  });
});

describe('a port that nobody of the service has', () => {
  it('is warned of, with its number and the option, once it is clear', async () => {
    const port = portOf('one');
    await tries(port, 5);
    expect(told).toEqual([]);
    await tries(port, 20);
    expect(told).toEqual([
      'warn: port 9797 of 127.0.0.1 is in use by another program: the admin API is shut, and opens once it is free. ' +
        'The option adminApi.port (TACHO_ADMIN_PORT) chooses another port.',
    ]);
  });

  it('that cannot be listened on for another reason is warned of at once', async () => {
    await tries(portOf('one'), 3, Object.assign(new Error('no'), { code: 'EACCES' }));
    expect(told).toEqual([
      expect.stringMatching(/^warn: port 9797 of 127\.0\.0\.1 cannot be listened on \(EACCES\)/),
    ]);
  });

  it('is warned of although the store is away', async () => {
    await state.close();
    await tries(portOf('one'), 20);
    expect(told).toEqual([expect.stringMatching(/^warn.*another program/)]);
  });

  it('says that with its store in memory each process answers for itself', async () => {
    await tries(portOf('one', 'memory'), 20);
    expect(told).toEqual([expect.stringMatching(/^warn.*each process answers for itself alone/)]);
  });
});

it('a port that was free, whichever, is claimed by nobody', async () => {
  portOf('one', 'file', 0).taken();
  await pass(SECOND_MS);
  expect(await state.get('admin-api:127.0.0.1:0')).toBeUndefined();
});

it('a process that has ended says nothing more', async () => {
  const port = portOf('one');
  await tries(port, 3);
  await port.left();
  await tries(port, 20);
  expect(told).toEqual([]);
});
