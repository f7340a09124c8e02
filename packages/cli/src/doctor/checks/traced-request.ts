import { randomBytes } from 'node:crypto';
import type { Endpoints } from '@tacho/api-contract';
import { MINUTE_MS } from '@tacho/core';
import { failureReason } from '../../failure-reason.ts';
import { duration } from '../../figures.ts';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, skipped, warning } from '../finding.ts';
import type { Patient } from '../patient.ts';
import type { Service } from '../service.ts';

/** How it is sent, and which endpoints may then have counted it. */
interface Probe {
  readonly method: string;
  readonly countedAt: RegExp;
  readonly lookForMs: number;
}

const WORD = 'tacho-doctor';

/**
 * It is found again by counts alone, so that nothing of a request has to be kept for it: it is counted where hardly
 * anything else is. The path is one that no application has, of a shape that no route has. An application that
 * answers any path may count it at a route of its own: so then comes a method that nobody uses, and that is safe
 * (RFC 3253). Some answer that with 501, so it is not the first.
 */
const PROBES: readonly Probe[] = [
  {
    method: 'GET',
    countedAt: new RegExp(String.raw`^GET (/(\{name\}|${WORD})/\{id\}){3}$`),
    lookForMs: 2_000,
  },
  { method: 'REPORT', countedAt: /^(_OTHER |\* \{overflow\}$)/, lookForMs: 1_500 },
];

const LOOK_EVERY_MS = 200;
const LATE_MS = 1_000;

const NOT_REACHED =
  'Start the application, or correct --app; it is the address that clients use, without a proxy in between.';

const NOT_COUNTED =
  'Measure that process: call startMonitoring() before its server listens, or start it with node --import tacho/register. ' +
  'If it is measured, --app leads to another process than the one whose admin API this is, or a proxy has answered.';

/** Sends the application one request with a trace of its own, and looks for it at the other end. */
export const tracedRequest: Check = {
  id: 'traced-request',
  group: 'request',
  async examine(patient, signal) {
    if (patient.app === undefined)
      return [skipped('say with --app where the application listens, and it is sent one request')];
    const { service } = patient;
    const before = await service.healthNow();
    const sinceMs = Date.parse(before.process.now) - MINUTE_MS;
    let answered = '';
    for (const probe of PROBES) {
      const outcome = await sent(probe, patient, patient.app, sinceMs, signal);
      if ('findings' in outcome) return outcome.findings;
      answered = outcome.answered;
      if (outcome.afterMs !== undefined)
        return [
          judged(answered, outcome.afterMs),
          ...(await exported(service, before.export?.spans?.produced)),
        ];
    }
    return [problem(`${answered}, and nothing of it was counted`, NOT_COUNTED)];
  },
};

type Outcome =
  | { readonly findings: readonly Finding[] }
  /** @property afterMs undefined where it was not found */
  | { readonly answered: string; readonly afterMs: number | undefined };

async function sent(
  { method, countedAt, lookForMs }: Probe,
  patient: Patient,
  app: string,
  sinceMs: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const { service, environment } = patient;
  const { clock } = environment;
  const countNow = async () => countOf(await service.endpointsSince(sinceMs), countedAt);
  const countBefore = await countNow();
  const status = await send(patient, app, method, signal).catch((error: unknown) => error);
  if (typeof status !== 'number') {
    signal.throwIfAborted();
    const found = `${app} can't be reached: ${failureReason(status)}`;
    return { findings: [problem(found, NOT_REACHED)] };
  }
  const answered = `${app} answered ${status} to a ${method}`;
  const startMs = clock.elapsedMs();
  while (clock.elapsedMs() - startMs < lookForMs) {
    if ((await countNow()) > countBefore) return { answered, afterMs: clock.elapsedMs() - startMs };
    await clock.waitUntil(clock.elapsedMs() + LOOK_EVERY_MS, signal);
  }
  return { answered, afterMs: undefined };
}

async function send(
  { environment }: Patient,
  app: string,
  method: string,
  signal: AbortSignal,
): Promise<number> {
  const traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
  const id = randomBytes(8).toString('hex');
  const url = `${app}/${[WORD, id, WORD, id, WORD, id].join('/')}`;
  const { status, body } = await environment.fetch(url, {
    method,
    headers: { traceparent },
    redirect: 'manual',
    signal,
  });
  await body?.cancel();
  return status;
}

function countOf(endpoints: Endpoints, countedAt: RegExp): number {
  return Object.entries(endpoints)
    .filter(([name]) => countedAt.test(name))
    .reduce((sum, [, { count, aborted, streamed }]) => sum + count + aborted + streamed, 0);
}

function judged(answered: string, afterMs: number): Finding {
  const found = `${answered}, and counted it ${afterMs < LATE_MS ? 'at once' : `after ${duration(afterMs / 1000)}`}`;
  if (afterMs < LATE_MS) return ok(found);
  return warning(
    found,
    'See "store-place" and "health": processes of one store are asked for what they have, and that should take no time.',
  );
}

/** @param producedBefore undefined where no spans are exported */
async function exported(service: Service, producedBefore: number | undefined): Promise<Finding[]> {
  if (producedBefore === undefined) return [];
  const { spans } = (await service.healthNow()).export ?? {};
  if (spans && spans.produced > producedBefore) return [ok('its span was made, and handed to the exporter')];
  return [
    warning(
      'its span was not exported, though its trace is to be sampled',
      'See whether OTEL_TRACES_SAMPLER goes by what the client says (parentbased_…), and whether a proxy drops the header traceparent.',
    ),
  ];
}
