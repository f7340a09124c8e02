import { afterEach, expect, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders } from '../temporary-folder.ts';
import { BAD_FILES } from './bad-files.ts';
import { startOnEach } from './start-on-bad-files.ts';

afterEach(endAll);
afterEach(removeFolders);

/** One of each fate, and of each kind of reason to leave it. The long tier has them all. */
const TRIED = [
  'no bytes',
  'garbage',
  'a log of garbage',
  'a database of another program',
  'an encrypted store without its key',
  'a file that may only be read',
];

it('a service serves and measures, whatever stands where its store belongs', async () => {
  const tried = BAD_FILES.filter(({ name }) => TRIED.includes(name));
  expect(tried).toHaveLength(TRIED.length);
  await startOnEach(tried);
});
