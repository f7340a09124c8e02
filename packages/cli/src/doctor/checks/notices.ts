import { HOUR_MS, MINUTE_MS } from '@tacho/core';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, skipped, warning } from '../finding.ts';

/** Older ones are past, unless they are of the start: what was wrong then still is. */
const RECENT_MS = 24 * HOUR_MS;

/** What to do about a warning of the service's, by its words; none where another check tells of the same. */
const REMEDIES: readonly (readonly [about: RegExp, remedy: string | undefined])[] = [
  [/could not be exported|spans were not exported/, undefined],
  [
    /is unknown; did you mean (\w+)/,
    'Rename the variable in the environment of the service, and restart it.',
  ],
  [
    /It is left out|What is wrong is left out|They are left out/,
    'Mend the variable in the environment of the service: docs/configuration.md has what is allowed.',
  ],
  [
    /^the "user" hook/,
    'Mend the option user: it is to return a short text or undefined, at once, and not to throw.',
  ],
  [/backup failed/, 'Let the service write the folder of backup.dir, and make room on its disk.'],
  [/was called again/, 'Call startMonitoring() once; with --import tacho/register leave it out of the code.'],
  [
    /less than 16 characters/,
    'Make a token with "openssl rand -base64 24", give it to the service, and restart it.',
  ],
  [
    /in use by another program/,
    'Choose another port with TACHO_ADMIN_PORT (option adminApi.port), or end that program.',
  ],
  [
    /With its store in memory, each process/,
    'Give the processes one store, a file, in place of TACHO_STORE=memory; or a port each.',
  ],
  [
    /key file|ENCRYPTION_KEY/,
    'Give the key in TACHO_ENCRYPTION_KEY, or chmod 600 the file of TACHO_ENCRYPTION_KEY_FILE.',
  ],
  [/was damaged/, 'Read what can be read with "tacho repair --store <the file moved aside>".'],
  [/the logger failed/, 'Mend the option logger: its info, warn and error are not to throw.'],
  [
    /opentelemetry|OpenTelemetry/,
    'See docs/instrumentation.md; "npm ls @opentelemetry/api" shows the copies.',
  ],
];

const DEFAULT_REMEDY = 'See the log of the service around that time, and docs/configuration.md.';

/** What the service has warned of since it started, where nobody may have read its log. */
export const notices: Check = {
  id: 'notices',
  group: 'service',
  async examine({ service, environment }) {
    const { notices: told, process } = await service.health();
    if (told === null) return [skipped('viewers are not told; give the token of an admin')];
    const sinceMs = environment.clock.now() - RECENT_MS;
    const startedMs = Date.parse(process.started);
    const findings = told.latest.flatMap((notice): Finding[] => {
      const timeMs = Date.parse(notice.timestamp);
      if (timeMs < sinceMs && timeMs > startedMs + MINUTE_MS) return [];
      const [, remedy] = REMEDIES.find(([about]) => about.test(notice.text)) ?? [undefined, DEFAULT_REMEDY];
      if (remedy === undefined) return [];
      const found = `the service warns: ${notice.text}${notice.count > 1 ? ` (${notice.count} times)` : ''}`;
      return [notice.level === 'error' ? problem(found, remedy) : warning(found, remedy)];
    });
    return findings.length > 0 ? findings : [ok('the service has warned of nothing')];
  },
};
