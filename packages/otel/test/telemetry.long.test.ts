import { describe } from '@jest/globals';
import { countOnce } from './count-once.ts';

describe('with telemetry started, real requests of a Koa application are each counted once', () => {
  countOnce([
    ['lean', 'import', 'before', 'always_off'],
    ['lean', 'import', 'after', ''],
    ['lean', 'require', 'before', 'parentbased_always_off'],
    ['lean', 'require', 'after', 'traceidratio'],
    ['standard', 'import', 'before', 'parentbased_always_on'],
    ['standard', 'import', 'after', 'always_off'],
    ['standard', 'require', 'before', 'traceidratio'],
    ['standard', 'require', 'after', 'parentbased_always_off'],
  ]);
});
