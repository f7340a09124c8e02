import { expect, it } from '@jest/globals';
import { isDefaultSampler, samplerName } from '../src/sampler-name.ts';

it.each([
  [undefined, 'parentbased_always_on', true],
  ['', 'parentbased_always_on', true],
  [' parentbased_always_on ', 'parentbased_always_on', true],
  ['always_on', 'always_on', false],
  ['bogus', 'bogus', false],
])('the sampler that %j asks for is %s, the default: %s', (text, name, isDefault) => {
  const environment = { OTEL_TRACES_SAMPLER: text };
  expect(samplerName(environment)).toBe(name);
  expect(isDefaultSampler(environment)).toBe(isDefault);
});
