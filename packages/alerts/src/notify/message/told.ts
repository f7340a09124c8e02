import type { AlertMessage } from '../../message.ts';
import { lasting, moment } from './figures.ts';
import { type Phrase, phrase, plainText } from './phrase.ts';
import { byWhat, causeInWords, whatIsOver, whatIsWrong } from './told-alert.ts';

/** A message in words, for every medium alike. */
export interface Told {
  /** `critical`, `warning`, `resolved` or `test`. */
  readonly label: string;
  /** `checkout: GET /pay fails 34 % of requests, and 3 more`. */
  readonly headline: Phrase;
  readonly facts: readonly Fact[];
  /** The worst first, with why. */
  readonly alerts: readonly { readonly what: Phrase; readonly why: Phrase }[];
  /** Alerts past those. */
  readonly more: number;
  /** What changed, most of it first. */
  readonly causes: readonly Phrase[];
  /** What to look at. */
  readonly look: readonly string[];
}

export interface Fact {
  readonly name: string;
  readonly value: Phrase;
}

/** None of these has data in it: whoever copies one into a shell runs what stands here, and nothing else. */
const LOOK: readonly string[] = [
  'tacho alerts: what fires now, and how to silence it',
  'tacho monitor: the endpoints as they are now',
  'GET /alerts, /endpoints and /slow-requests of the admin API',
];

export function told(message: AlertMessage): Told {
  const { kind, severity, alerts, host } = message;
  return {
    label: kind === 'firing' ? severity : kind,
    headline: headlineOf(message),
    facts: factsOf(message),
    alerts: alerts.map((alert) => ({
      what: kind === 'resolved' ? whatIsOver(alert, host) : whatIsWrong(alert, host),
      why: byWhat(alert),
    })),
    more: Math.max(0, message.more),
    causes: message.causes.map(causeInWords),
    look: kind === 'test' ? [] : LOOK,
  };
}

/** For a subject, and wherever there is room for one line: `[critical] checkout: GET /pay fails 34 % of requests`. */
export function titleOf({ label, headline }: Told): string {
  return `[${label}] ${plainText(headline)}`;
}

function headlineOf(message: AlertMessage): Phrase {
  const { kind, service, host, alerts } = message;
  const where = service ?? host;
  const [worst] = alerts;
  if (kind === 'test') return phrase`${where}: a test of tacho's alerts, nothing is wrong`;
  if (worst === undefined)
    return phrase`${where}: ${[kind === 'resolved' ? 'well again' : 'something is wrong']}`;
  const others = alerts.length - 1 + Math.max(0, message.more);
  const what = kind === 'resolved' ? whatIsOver(worst, host) : whatIsWrong(worst, host);
  return others === 0 ? phrase`${where}: ${what}` : phrase`${where}: ${what}, and ${others} more`;
}

function factsOf({ kind, service, host, severity, startedMs, atMs }: AlertMessage): readonly Fact[] {
  const facts: Fact[] = [];
  if (service !== undefined) facts.push({ name: 'Service', value: phrase`${service}` });
  facts.push({ name: 'Host', value: phrase`${host}` });
  if (kind === 'test') return [...facts, { name: 'Sent', value: [moment(atMs)] }];
  facts.push({ name: 'Severity', value: [severity] });
  const lasted = lasting(atMs - startedMs);
  facts.push({
    name: 'Since',
    value: [`${moment(startedMs)}, ${kind === 'resolved' ? 'for' : 'so far'} ${lasted}`],
  });
  return facts;
}
