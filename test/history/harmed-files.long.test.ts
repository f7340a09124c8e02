import { afterEach, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders } from '../temporary-folder.ts';
import { HARMS, harmEach } from './harmed-files.ts';

afterEach(endAll);
afterEach(removeFolders);

it('a service serves and measures, whatever of all is done to its file', () => harmEach(HARMS));
