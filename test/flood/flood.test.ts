import { describeFlood } from './describe-flood.ts';

// Many times as many as have an entry of their own; 60,000 are in the long tier.
describeFlood(20_000);
