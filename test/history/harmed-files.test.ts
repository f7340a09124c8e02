import { afterEach, expect, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders } from '../temporary-folder.ts';
import { HARMS, harmEach } from './harmed-files.ts';

afterEach(endAll);
afterEach(removeFolders);

/** A file that is gone, and one that is damaged. The long tier has more. */
const TRIED = ['deleted', 'overwritten in part'];

it('a service serves and measures, whatever is done to its file', async () => {
  const tried = HARMS.filter(({ name }) => TRIED.includes(name));
  expect(tried).toHaveLength(TRIED.length);
  await harmEach(tried);
});
