import { describeFlood } from './describe-flood.ts';

describeFlood(60_000);
