import type { Clock } from '@tacho/core';
import { type Alert, toldOf, worstFirst } from './alert.ts';
import type { AlertNow, AlertsDesk, AlertsNow, Silence, TestOutcome } from './desk.ts';
import type { Teller } from './incident-message.ts';
import type { KeptMemory } from './kept-memory.ts';
import type { KeptSilences } from './kept-silences.ts';
import type { AlertMessage } from './message.ts';
import type { Rule } from './rule.ts';
import { isSilenced } from './silences.ts';

export interface AlertsDeskOptions {
  readonly rules: readonly Rule[];
  readonly memory: KeptMemory;
  readonly silences: KeptSilences;
  /** Sends a message by every notifier at once, in bounded time. Never rejects. */
  readonly sendNow: (message: AlertMessage) => Promise<readonly TestOutcome[]>;
  readonly teller: Teller;
  readonly clock: Pick<Clock, 'now'>;
  /** A new one at each call: 12 small letters and digits. */
  readonly newId: () => string;
}

/** What is known of alerts in the state that processes share, for whoever asks any of them. */
export function alertsDesk(options: AlertsDeskOptions): AlertsDesk {
  const { rules, memory: kept, silences, sendNow, teller, clock, newId } = options;
  return {
    async now(): Promise<AlertsNow> {
      const nowMs = clock.now();
      const [memory, current] = await Promise.all([kept.read(), silences.at(nowMs)]);
      const shown = (alert: Alert): AlertNow => shownAs(alert, current, nowMs);
      const active = [...memory.alerts.values()].filter(({ state }) => state !== 'resolved');
      return {
        evaluatedMs: memory.evaluatedMs,
        active: active.sort(worstFirst).map(shown),
        recent: memory.recent.map(shown),
        silences: current,
        rules,
        notifiers: memory.notifiers,
      };
    },
    async silence(asked): Promise<Silence | undefined> {
      const startedMs = clock.now();
      const silence: Silence = { ...asked, id: newId(), startedMs };
      return (await silences.add(silence, startedMs)) ? silence : undefined;
    },
    unsilence: (id) => silences.remove(id, clock.now()),
    test: () => sendNow(testMessage(`test-${newId()}`, clock.now(), teller)),
  };
}

function shownAs(alert: Alert, silences: readonly Silence[], nowMs: number): AlertNow {
  const { state, firedMs, resolvedMs } = alert;
  return { ...toldOf(alert), state, firedMs, resolvedMs, isSilenced: isSilenced(alert, silences, nowMs) };
}

function testMessage(id: string, nowMs: number, teller: Teller): AlertMessage {
  return {
    id,
    kind: 'test',
    severity: 'warning',
    ...teller,
    atMs: nowMs,
    startedMs: nowMs,
    alerts: [],
    more: 0,
    causes: [],
  };
}
