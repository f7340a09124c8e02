import { testNeverEnding } from './never-ending.ts';

testNeverEnding(1_000_000);
