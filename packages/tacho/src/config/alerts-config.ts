import { resolve } from 'node:path';
import { defaultRules, type GivenRules, type Rule, type WebhookSettings } from '@tacho/alerts';
import type { HealthThresholds } from '@tacho/core';
import { addedRules } from './added-rules.ts';
import { badOptions } from './bad-options.ts';
import type { EnvironmentSettings } from './environment.ts';
import type { MonitoringOptions } from './options.ts';
import type { Problem } from './rule.ts';
import { readRulesFile } from './rules-file.ts';
import { resolveWebhooks } from './webhook-config.ts';

/** Rules to be evaluated, and who is told. */
export interface AlertsConfig {
  /** At most 100, each with a name of its own. */
  readonly rules: readonly Rule[];
  readonly log: boolean;
  readonly webhooks: readonly WebhookSettings[];
}

/**
 * The default rules, then what the file says, then what the options say.
 * @throws TachoError TACHO_BAD_OPTION
 */
export function resolveAlerts(
  options: Exclude<MonitoringOptions['alerts'], false> = {},
  environment: Pick<EnvironmentSettings, 'alertRules' | 'webhook'>,
  thresholds: HealthThresholds,
): AlertsConfig {
  const { rulesFile, log = true } = options;
  const problems: Problem[] = [];
  const ofFile = rulesFile === undefined ? environment.alertRules : rulesOf(rulesFile, problems);
  const filed = addedRules(defaultRules(thresholds), ofFile, { place: 'alerts.rulesFile: ', problems });
  const rules = addedRules(filed, options, { place: 'alerts.', problems });
  if (problems.length > 0) throw badOptions(problems);
  const webhooks = resolveWebhooks(options.webhooks, environment.webhook);
  return Object.freeze({ rules: Object.freeze(rules), log, webhooks });
}

function rulesOf(path: string, problems: Problem[]): GivenRules | undefined {
  const { given, problems: found } = readRulesFile(resolve(path));
  problems.push(
    ...found.map(({ message, cause }) => ({ message: `option "alerts.rulesFile": ${message}`, cause })),
  );
  return found.length === 0 ? given : undefined;
}
