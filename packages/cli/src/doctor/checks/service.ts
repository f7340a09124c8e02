import { validateHealth, validateProblem } from '@tacho/api-contract';
import { quoted } from '../../shown.ts';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, skipped, warning } from '../finding.ts';
import type { Patient } from '../patient.ts';
import { variable } from '../patient.ts';
import type { Answer } from '../service.ts';

const SHUT =
  'Start the service with startMonitoring() or --import tacho/register, and with TACHO_ADMIN_TOKEN set, as without a ' +
  'token its admin API stays shut; say with --url where it is, if it is elsewhere.';

/** Whether the admin API answers, lets us in, and is tacho's at all. */
export const service: Check = {
  id: 'service',
  group: 'service',
  async examine(patient) {
    const { url, hasToken } = patient.service;
    if (url === undefined)
      return [
        skipped('TACHO_ADMIN_PORT=0 lets the service take any port: say with --url which one it printed'),
      ];
    const answer = await patient.service.answer('/health').catch((error: Error) => error);
    if (answer instanceof Error) return [problem(answer.message, SHUT)];
    return [judged(answer, url, hasToken, patient)];
  },
};

function judged(answer: Answer, url: string, hasToken: boolean, patient: Patient): Finding {
  const body = parsed(answer.body);
  const refusal = validateProblem(body);
  if (answer.status === 401 || answer.status === 403)
    return problem(`${url} refuses the token (${answer.status})`, tokenRemedy(patient));
  if (answer.status === 421)
    return problem(
      `${url} does not answer for this host`,
      `Add ${quoted(new URL(url).hostname)} to TACHO_ADMIN_ALLOWED_HOSTS of the service, or ask it by its address.`,
    );
  if (answer.status === 429)
    return warning(
      `${url} asks for patience: too many requests, or tokens refused`,
      'Wait a minute and try again.',
    );
  if (validateHealth(body).ok) return ok(`${url} answers as tacho`);
  if (isStranger(body) && answer.status === 200)
    return hasToken
      ? problem(`${url} does not know the token`, tokenRemedy(patient))
      : problem(
          `${url} answers, and there is no token to look further`,
          'Give its token in TACHO_ADMIN_TOKEN, or with --token-file.',
        );
  if (answer.status === 200 && saysStatus(body))
    return warning(`${url} is a service of another version of tacho`, 'Update tacho, the older of both.');
  return problem(
    `${url} is no admin API of tacho's: /api/performance/health answered ${answer.status}${refusal.ok ? ` ${quoted(refusal.value.code)}` : ''}`,
    'Another program has the port: choose one with TACHO_ADMIN_PORT for both, or say with --url where the service is.',
  );
}

function tokenRemedy(patient: Patient): string {
  const from =
    variable(patient, 'TACHO_ADMIN_TOKEN') === undefined ? 'the file' : 'TACHO_ADMIN_TOKEN or the file';
  return `Put the token that the service was started with into ${from} of --token-file; after a change, restart the service.`;
}

/** What a stranger is told: one word. */
function isStranger(body: unknown): boolean {
  return saysStatus(body) && Object.keys(body as object).length === 1;
}

function saysStatus(body: unknown): boolean {
  const isObject = typeof body === 'object' && body !== null && 'status' in body;
  return isObject && (body.status === 'ok' || body.status === 'degraded');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
