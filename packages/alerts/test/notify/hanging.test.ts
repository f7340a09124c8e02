import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AlertLogEntry, logNotifier, mailNotifier, Outbox, webhookNotifier } from '@tacho/alerts';
import { alertMessage, NOW_MS } from './messages.ts';
import { openReceiver, openSilence, type Receiver, type Silence } from './receiver.ts';
import { SettlingClock } from './settling-clock.ts';

const LINES: AlertLogEntry[] = [];
const take = (entry: AlertLogEntry): void => void LINES.push(entry);

describe('servers that take connections and say nothing', () => {
  const clock = new SettlingClock(NOW_MS);
  let silence: Silence;
  let receiver: Receiver;
  let outbox: Outbox;

  beforeAll(async () => {
    silence = await openSilence();
    receiver = await openReceiver();
    const server = { host: '127.0.0.1', port: silence.port, login: undefined };
    const mail = { from: 'a@x.example', to: ['b@x.example'], allowPlainAuth: false };
    const hook = { secret: undefined, allowPrivate: true, format: 'slack' } as const;
    outbox = new Outbox({
      notifiers: [
        mailNotifier({ ...mail, server: { ...server, isTls: false } }),
        mailNotifier({ ...mail, server: { ...server, isTls: true } }),
        webhookNotifier({ ...hook, url: `http://127.0.0.1:${silence.port}/` }, clock),
        webhookNotifier({ ...hook, url: `https://127.0.0.1:${silence.port}/` }, clock),
        webhookNotifier({ ...hook, url: `http://127.0.0.1:${receiver.port}/` }, clock),
        logNotifier({ info: take, warn: take, error: take }),
      ],
      clock,
      random: () => 0.5,
      unobserved: (work) => work(),
      onLost: () => {},
    });
  });
  afterAll(async () => {
    outbox.stop();
    await silence.close();
    await receiver.close();
  });

  it('delay neither the log, nor another webhook, nor whoever posts', async () => {
    const startedMs = performance.now();
    for (let id = 0; id < 20; id++) void outbox.post(alertMessage({ id: String(id) }));
    expect(performance.now() - startedMs).toBeLessThan(100);
    while (receiver.received.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(LINES).toHaveLength(20);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual(LINES.map(({ id }) => id));
    expect(clock.nowMs).toBe(NOW_MS);
  });

  it('are given up in time, and let go of', async () => {
    while (silence.open < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.advanceSettled(45_000);
    expect(outbox.status().map(({ failure }) => failure)).toEqual([
      'no success within 45 s',
      'no success within 45 s',
      'no success within 10 s',
      'no success within 10 s',
      undefined,
      undefined,
    ]);
    outbox.stop();
    while (silence.open > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(clock.timerCount).toBe(0);
  });
});
