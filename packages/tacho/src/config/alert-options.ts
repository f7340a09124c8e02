import type { RuleOptions, SloOptions } from '@tacho/alerts/rule-options';
import type { WebhookOptions } from './webhook-options.ts';

export type { GivenKind, RuleOptions, SloOptions } from '@tacho/alerts/rule-options';

/** Whom to tell that something is wrong, and what that is (docs/alerts.md). */
export interface AlertOptions {
  /** Beside the rules there are, or changing them: at most 100. */
  readonly rules?: readonly RuleOptions[] | undefined;
  /**
   * The path of a JSON file with `rules` and `slos`, at most 1 MB, relative to the working directory. Options add to
   * it, and change what it says. Environment: `TACHO_ALERT_RULES`.
   */
  readonly rulesFile?: string | undefined;
  /** At most 20. Default: none. */
  readonly slos?: readonly SloOptions[] | undefined;
  /** Whether alerts are lines of the log. Default `true`. */
  readonly log?: boolean | undefined;
  /** Where alerts are posted to: at most 10 (docs/notifiers.md). Default: what `TACHO_WEBHOOK_URL` says, or none. */
  readonly webhooks?: readonly WebhookOptions[] | undefined;
}
