import type { History, HistoryWindow } from '@tacho/store';
import type { AlertPast } from './reading.ts';

/** The past of one evaluation: each range is read once, and nobody who reads it may change it. */
export function sharedPast(history: Pick<History, 'window'>): AlertPast {
  const read = new Map<string, Promise<HistoryWindow>>();
  return {
    window(fromMs, toMs, { users } = { users: false }) {
      const key = `${fromMs} ${toMs} ${users}`;
      const found = read.get(key) ?? history.window(fromMs, toMs, { users });
      read.set(key, found);
      return found;
    },
  };
}
