import { afterEach, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders } from '../temporary-folder.ts';
import { BAD_FILES } from './bad-files.ts';
import { startOnEach } from './start-on-bad-files.ts';

afterEach(endAll);
afterEach(removeFolders);

it('a service serves and measures, whatever of all stands where its store belongs', () =>
  startOnEach(BAD_FILES));
