import type { AlertOptions } from './alert-options.ts';
import { GIVEN_RULES } from './alert-rules-rule.ts';
import { fields } from './fields-rule.ts';
import { PATH } from './option-rules.ts';
import { orFalse, valueRule } from './rule.ts';
import { WEBHOOKS } from './webhook-rule.ts';

/** Whom to tell of what, or `false` for nobody. */
export const ALERTS = orFalse(
  fields<AlertOptions>('false, or an object with some of rules, rulesFile, slos, log, webhooks', {
    ...GIVEN_RULES,
    rulesFile: PATH,
    log: valueRule('true or false', (value) => typeof value === 'boolean'),
    webhooks: WEBHOOKS,
  }),
);
