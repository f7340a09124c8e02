import { TachoError } from '@tacho/core';
import { checkOptions } from '../../src/config/check-options.ts';

/** What `checkOptions` throws. Fails when it accepts the options, or throws anything but a `TachoError`. */
export function refusalOf(options: unknown): TachoError {
  try {
    checkOptions(options);
  } catch (thrown) {
    if (thrown instanceof TachoError) return thrown;
    throw new Error('something other than a TachoError was thrown', { cause: thrown });
  }
  throw new Error('the options were accepted');
}

/** Options with one value, by its path: `adminApi.port`. */
export function optionsWith(path: string, value: unknown): Record<string, unknown> {
  const [name = '', ...rest] = path.split('.');
  return { [name]: rest.length === 0 ? value : optionsWith(rest.join('.'), value) };
}
