import { testNeverEnding } from './never-ending.ts';

testNeverEnding(20_000);
