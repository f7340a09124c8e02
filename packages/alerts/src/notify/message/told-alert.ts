import type { ToldAlert } from '../../message.ts';
import type { Cause } from '../../reading.ts';
import { figure, share } from './figures.ts';
import { type Phrase, phrase } from './phrase.ts';

/** What is wrong, as a headline: `GET /pay fails 34 % of requests`. */
export function whatIsWrong(alert: ToldAlert, host: string): Phrase {
  const seen = [figure(alert.value, alert.unit)];
  const who = whose(alert, host);
  switch (alert.kind) {
    case 'slow-request':
      return phrase`${who} took up to ${seen}`;
    case 'error-rate':
      return phrase`${who} ${verb(alert, 'fails', 'fail')} ${seen} of requests`;
    case 'latency':
      return phrase`${who} ${verb(alert, 'is', 'are')} slow: ${seen}`;
    case 'cpu':
      return phrase`the CPU of ${who} is ${seen} busy`;
    case 'memory':
      return phrase`the memory of ${who} is ${seen} full`;
    case 'disk':
      return phrase`the disk of ${who} is ${seen} full`;
    case 'degradation':
      return phrase`${who} got worse: ${seen} as slow, or as often failing, as before`;
    case 'burn-rate':
      return phrase`${who} ${verb(alert, 'spends', 'spend')} the error budget ${seen} as fast as allowed`;
  }
}

/** That it is no longer so: `GET /pay is well again`. */
export function whatIsOver(alert: ToldAlert, host: string): Phrase {
  return phrase`${whose(alert, host)} ${verb(alert, 'is', 'are')} well again`;
}

/** By which rule, against which threshold, over how much: `rule error-rate: 34 %, above 10 %, in 120 requests`. */
export function byWhat(alert: ToldAlert): Phrase {
  const figures = [`${figure(alert.value, alert.unit)}, above ${figure(alert.threshold, alert.unit)}`];
  if (alert.requests <= 0) return phrase`rule ${alert.rule}: ${figures}`;
  return phrase`rule ${alert.rule}: ${figures}, in ${alert.requests} ${[alert.requests === 1 ? 'request' : 'requests']}`;
}

/** `version 2.4.1 carries 87 % of it`. */
export function causeInWords({ dimension, value, share: part }: Cause): Phrase {
  return phrase`${[dimension]} ${value} carries ${[share(part)]} of it`;
}

function whose({ subject }: ToldAlert, host: string): Phrase {
  if (subject === 'all') return ['all endpoints together'];
  return subject === 'host' ? phrase`${host}` : phrase`${subject}`;
}

function verb({ subject }: ToldAlert, one: string, many: string): Phrase {
  return [subject === 'all' ? many : one];
}
