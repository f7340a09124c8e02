import { DEFAULT_PREFIX, isPrefix, PREFIX_ALLOWED } from '@tacho/admin-api/mount';
import type { AdminMountOptions } from '@tacho/admin-api/mount/handlers';
import { TachoError } from '@tacho/core';
import { fields } from './fields-rule.ts';
import { type Problem, textRule } from './rule.ts';

const OPTIONS = fields<AdminMountOptions>('nothing, or an object with prefix', {
  prefix: textRule(PREFIX_ALLOWED, isPrefix),
});

/**
 * What `adminHandler` and `adminMiddleware` were given.
 * @throws TachoError TACHO_BAD_OPTION
 */
export function prefixFrom(options: unknown): string {
  const problems: Problem[] = [];
  const place = { path: '', secret: false, known: OPTIONS.paths, problems };
  const checked = OPTIONS.read(options === undefined ? {} : options, place);
  if (checked !== undefined && problems.length === 0) return checked.prefix ?? DEFAULT_PREFIX;
  throw new TachoError('TACHO_BAD_OPTION', problems.map(({ message }) => message).join('\n'), {
    hint: 'docs/mounting.md says which prefix goes where.',
    cause: problems.find(({ cause }) => cause !== undefined)?.cause,
  });
}
