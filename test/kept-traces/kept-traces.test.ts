import { describeKeptTraces } from './kept-traces.ts';

describeKeptTraces(false);
