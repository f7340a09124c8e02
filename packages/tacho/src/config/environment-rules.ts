import { resolve } from 'node:path';
import { defaultRules, type GivenRules } from '@tacho/alerts';
import { DEFAULT_HEALTH_THRESHOLDS } from '@tacho/core';
import { addedRules } from './added-rules.ts';
import type { Problem } from './rule.ts';
import { readRulesFile } from './rules-file.ts';
import { type EnvironmentVariables, textOf } from './variables.ts';

const NAME = 'TACHO_ALERT_RULES';

/** What the file says that is named there. Of one that is wrong, all is left out: half of it would be another. */
export function environmentRules(
  variables: EnvironmentVariables,
  warn: (line: string) => void,
): GivenRules | undefined {
  const path = textOf(variables, NAME);
  if (path === undefined) return undefined;
  const file = readRulesFile(resolve(path));
  const problems: Problem[] = [...file.problems];
  addedRules(defaultRules(DEFAULT_HEALTH_THRESHOLDS), file.given, { place: '', problems });
  const [first, ...more] = problems;
  if (first === undefined) return file.given;
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`;
  warn(`${NAME}: ${first.message}${rest}. The file is left out.`);
  return undefined;
}
