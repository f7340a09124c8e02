import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Check } from '../check.ts';
import { ok, skipped, warning } from '../finding.ts';
import { storeOf } from '../store-place.ts';

/** Files that a service, or a repair, found damaged and has put beside the store: what can be read of them is missing. */
export const movedAside: Check = {
  id: 'moved-aside',
  group: 'store',
  async examine(patient) {
    const { path } = await storeOf(patient);
    if (path === undefined) return [skipped('the store is in memory')];
    const begin = `${basename(path)}.corrupt-`;
    const names = await readdir(dirname(path)).catch(() => []);
    const damaged = names.filter((name) => name.startsWith(begin) && /Z(-\d+)?$/.test(name));
    if (damaged.length === 0) return [ok('no damaged file was moved aside')];
    return damaged.map((name) => {
      const file = join(dirname(path), name);
      return warning(
        `${file} was found damaged, and moved aside`,
        `tacho repair --store ${file}, then "tacho export --store ${file} old.json" and "tacho import old.json"; remove it after that.`,
      );
    });
  },
};
