import { afterAll } from '@jest/globals';
import { endAll } from '../processes.ts';
import { leaveNoWord } from './leaving-no-word.ts';

afterAll(endAll);

leaveNoWord(['lean']);
