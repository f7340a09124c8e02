import { describeKeptTraces } from './kept-traces.ts';

describeKeptTraces(true);
