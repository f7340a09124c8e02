import * as v from 'valibot';
import { described } from './described.ts';
import { Count, Percent, Seconds, Share, Timestamp } from './quantities.ts';
import { SilenceSchema } from './silences.ts';
import { validator } from './validation.ts';

const Severity = v.picklist(['warning', 'critical']);
const Kind = v.picklist([
  'slow-request',
  'error-rate',
  'latency',
  'cpu',
  'memory',
  'disk',
  'degradation',
  'burn-rate',
]);
const Unit = described(
  v.picklist(['s', 'percent', 'times']),
  'Seconds; 0 to 100; or how many times as much as it was, or may be.',
);
const Figure = v.pipe(v.number(), v.finite());

export const AlertCauseSchema = described(
  v.object({
    dimension: v.picklist(['endpoint', 'version', 'host', 'status', 'user']),
    value: described(v.nullable(v.string()), 'Null where it is a user, and a viewer asks.'),
    share: described(Share, 'Of the excess.'),
  }),
  'What carries the excess that an alert is about.',
);

export const AlertSchema = v.object({
  state: described(
    v.picklist(['pending', 'firing', 'resolved']),
    '`pending`: it holds, but not for long enough yet. `resolved`: it holds no more.',
  ),
  severity: Severity,
  rule: v.string(),
  kind: Kind,
  subject: described(v.string(), '`METHOD route`; `all` for all endpoints together; `host`.'),
  value: described(
    v.nullable(Figure),
    'In `unit`; null where it was nothing before, so that there is no telling.',
  ),
  threshold: Figure,
  unit: Unit,
  requests: described(Count, "In the rule's window; 0 where it is not about requests."),
  started: described(Timestamp, 'When it began to hold.'),
  fired: described(v.nullable(Timestamp), 'Null while it is pending.'),
  resolved: described(v.nullable(Timestamp), 'Null until it is.'),
  silenced: described(v.boolean(), 'Nobody is told of it for now.'),
  causes: described(v.array(AlertCauseSchema), 'Most of it first, at most five.'),
});

export const AlertRuleSchema = described(
  v.object({
    name: v.string(),
    kind: Kind,
    severity: Severity,
    endpoint: described(
      v.nullable(v.string()),
      '`all` of them together, `each` by itself, or one as `METHOD route`; null where it is about the host.',
    ),
    threshold: described(v.nullable(Figure), 'In `unit`; null where a test decides.'),
    unit: Unit,
    percentile: described(v.nullable(Percent), 'Of response times; null of other kinds.'),
    errors: described(v.nullable(v.picklist(['all', 'server'])), 'Which count; null where none do.'),
    objective: described(v.nullable(Percent), 'The share of good requests; null where there is none.'),
    within: described(v.nullable(Seconds), 'How long a good request may take; null where that is no matter.'),
    window: described(Seconds, 'How far back it looks.'),
    short_window: described(
      v.nullable(Seconds),
      'The other window, which has to agree; null where there is none.',
    ),
    hold: described(Seconds, 'For how long it has to hold before an alert fires.'),
    keep_firing: described(Seconds, 'For how long an alert goes on when it holds no more.'),
    min_requests: described(Count, 'With fewer in its window, nothing is said of a subject.'),
  }),
  'What alerts are made by.',
);

export const AlertNotifierSchema = described(
  v.object({
    name: v.string(),
    last_sent: described(v.nullable(Timestamp), 'Null where nothing was sent yet.'),
    failure: described(
      v.nullable(v.string()),
      'Why the last message could not be sent; null where it could.',
    ),
  }),
  'A way to tell somebody.',
);

/** `GET /api/performance/alerts` */
export const AlertsSchema = v.object({
  evaluated: described(
    v.nullable(Timestamp),
    'When the rules were last looked at; null before the first time.',
  ),
  active: described(v.array(AlertSchema), 'Pending and firing, the worst first.'),
  recent: described(v.array(AlertSchema), 'Resolved, the latest first: at most 100.'),
  silences: v.array(SilenceSchema),
  rules: v.array(AlertRuleSchema),
  notifiers: v.array(AlertNotifierSchema),
});

export const AlertTestOutcomeSchema = v.object({
  notifier: v.string(),
  sent: v.boolean(),
  failure: described(v.nullable(v.string()), 'Null where it was sent.'),
});

/** `POST /api/performance/alerts/test` */
export const AlertTestSchema = v.object({
  notifiers: described(v.array(AlertTestOutcomeSchema), 'What became of the test message, by each.'),
});

export type Alert = v.InferOutput<typeof AlertSchema>;
export type AlertCause = v.InferOutput<typeof AlertCauseSchema>;
export type AlertRule = v.InferOutput<typeof AlertRuleSchema>;
export type AlertNotifier = v.InferOutput<typeof AlertNotifierSchema>;
export type Alerts = v.InferOutput<typeof AlertsSchema>;
export type AlertTestOutcome = v.InferOutput<typeof AlertTestOutcomeSchema>;
export type AlertTest = v.InferOutput<typeof AlertTestSchema>;

export const validateAlerts = validator(AlertsSchema);
export const validateAlertTest = validator(AlertTestSchema);
