import type { StoreNotice } from '@tacho/store-sqlite';
import type { Notices } from '../log/notices.ts';

/** Says in a line what happened to the store's file. */
export function tellNotice(notice: StoreNotice, path: string, notices: Notices): void {
  const file = `the store ${path}`;
  switch (notice.kind) {
    case 'moved-aside':
      notices.warn(
        `${file} was damaged (${notice.reason}): it is now at ${notice.path}, and a new one has been ` +
          'begun. "tacho repair" gets out of it what can be read.',
      );
      break;
    case 'replaced':
      notices.warn(
        `${file} was replaced by another file, or removed: what is measured goes to what is there now.`,
      );
      break;
    case 'pending-damaged':
      notices.warn(`${file}: what a process had left for it can't be read, and is now at ${notice.path}.`);
      break;
    case 'unavailable':
      // The reason may be another at each try.
      notices.warnRarely(
        'store',
        `${file} can't be used: ${notice.reason} What is measured waits in memory until it can.` +
          (notice.hint === undefined ? '' : ` ${notice.hint}`),
      );
      break;
    case 'available':
      notices.info(`${file} can be used again.`);
      break;
  }
}
