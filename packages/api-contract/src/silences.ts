import * as v from 'valibot';
import { type Body, bodyOf } from './body.ts';
import { described } from './described.ts';
import { Instant } from './instant.ts';
import { Timestamp } from './quantities.ts';
import { validator } from './validation.ts';

/** Thirty days. */
export const MAX_SILENCE_MINUTES = 43_200;
const MAX_SUBJECT_LENGTH = 1024;
const MAX_COMMENT_LENGTH = 200;

/** What a silence is removed by. */
export const SILENCE_ID = /^[a-z0-9]{12}$/;

export const SilenceId = v.pipe(
  v.string(),
  v.regex(SILENCE_ID),
  v.metadata({ title: 'SilenceId', description: 'As the silence has it.', examples: ['a1b2c3d4e5f6'] }),
);

export const SilenceSchema = described(
  v.object({
    id: SilenceId,
    rule: described(v.nullable(v.string()), 'Null for every rule.'),
    subject: described(v.nullable(v.string()), '`METHOD route`, `all` or `host`; null for every subject.'),
    started: Timestamp,
    until: Timestamp,
    by: described(v.nullable(v.string()), 'The name of a token, or a pseudonym; null where a viewer asks.'),
    comment: v.string(),
  }),
  'What is not to be told for a while: alerts that everything given fits.',
);

const RULE = 'the name of a rule';
const SUBJECT = `METHOD route, all or host, in at most ${MAX_SUBJECT_LENGTH} characters`;
const MINUTES = `a whole number from 1 to ${MAX_SILENCE_MINUTES}`;
const COMMENT = `a text of at most ${MAX_COMMENT_LENGTH} characters`;

const asked = v.strictObject({
  rule: v.exactOptional(
    described(v.pipe(v.string(RULE), v.regex(/^[a-z0-9-]{1,64}$/, RULE)), 'Left out, every rule.'),
  ),
  subject: v.exactOptional(
    described(
      v.pipe(v.string(SUBJECT), v.nonEmpty(SUBJECT), v.maxLength(MAX_SUBJECT_LENGTH, SUBJECT)),
      '`METHOD route`, `all` or `host`; left out, every subject.',
    ),
  ),
  minutes: v.exactOptional(
    described(
      v.pipe(
        v.number(MINUTES),
        v.safeInteger(MINUTES),
        v.minValue(1, MINUTES),
        v.maxValue(MAX_SILENCE_MINUTES, MINUTES),
      ),
      'For how long; left out where `until` is given.',
    ),
  ),
  until: v.exactOptional(described(Instant, 'In at most thirty days; left out where `minutes` is given.')),
  comment: v.exactOptional(
    described(v.pipe(v.string(COMMENT), v.maxLength(MAX_COMMENT_LENGTH, COMMENT)), 'Why.'),
  ),
});

/** What `POST /api/performance/alerts/silences` takes. */
export const SilenceRequestSchema = asked;

const fields = bodyOf(asked);

/** It ends after `minutes` or at `until`: one of the two. */
export const silenceBody: Body<v.InferOutput<typeof asked>> = {
  ...fields,
  validate: (given) => {
    const checked = fields.validate(given);
    if (!checked.ok) return checked;
    const { minutes, until } = checked.value;
    if ((minutes === undefined) !== (until === undefined)) return checked;
    const message = minutes === undefined ? 'given, or until' : 'left out where until is given';
    return { ok: false, issue: { path: 'minutes', message } };
  },
};

export type Silence = v.InferOutput<typeof SilenceSchema>;
/** As it is sent. */
export type SilenceRequest = v.InferInput<typeof SilenceRequestSchema>;

export const validateSilence = validator(SilenceSchema);
