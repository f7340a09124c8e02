import type { IncomingMessage } from 'node:http';
import { OPERATIONS } from '@tacho/api-contract';
import type { HttpProblem } from '../http-problem.ts';
import type { Identification, Identify } from '../identity/identity.ts';
import type { Refusal, RequestLimits, Verdict } from '../limits/request-limits.ts';
import { FORBIDDEN, RATE_LIMITED, UNAUTHORIZED } from '../refusals.ts';
import type { HostCheck } from './host.ts';
import type { OriginCheck } from './origin.ts';
import type { Visit } from './visit.ts';

/** What a stranger may ask. */
const OPEN_PATHS = Object.values(OPERATIONS)
  .filter(({ access }) => access === 'open')
  .map(({ path }): string => path);

export interface DoorOptions {
  readonly identify: Identify;
  readonly limits: RequestLimits;
  readonly checkOrigin: OriginCheck;
}

/** Where requests come in. */
export interface Site {
  /** What all paths begin with; without a slash at the end. */
  readonly prefix: string;
  readonly checkHost: HostCheck;
  /** Whether its connections are ours to hold, and not the application's. */
  readonly isOurs: boolean;
}

/** Whether a request is let in, or is a browser's question whether it would be. */
export type Admission = 'let in' | 'preflight';

/**
 * Decides who comes in, before anything is done for a request. Written against Node alone: what it costs to refuse
 * somebody is what a flood costs the service.
 */
export class Door {
  readonly #options: DoorOptions;

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  /** @throws HttpProblem to be answered with */
  async admit(request: IncomingMessage, site: Site, visit: Visit): Promise<Admission> {
    const wrongHost = site.checkHost(request);
    if (wrongHost !== undefined) throw wrongHost;
    const origin = this.#options.checkOrigin(request);
    if (origin.kind === 'refused') throw origin.problem;
    visit.headers = origin.headers;
    if (origin.kind === 'preflight') return origin.kind;
    await this.#identify(request, site, visit);
    return 'let in';
  }

  async #identify(request: IncomingMessage, { prefix }: Site, visit: Visit): Promise<void> {
    const { limits } = this.#options;
    const others = visit.headers;
    pass(visit, await limits.check(visit.client));
    const found = await this.#login(request, visit);
    if (found.kind === 'refused') throw UNAUTHORIZED;
    if (found.kind === 'anonymous') {
      if (!isOpen(request.url ?? '', prefix)) throw UNAUTHORIZED;
      return;
    }
    visit.identity = found.identity;
    if (found.identity.role === undefined) throw FORBIDDEN;
    // Of both limits, the one that is told is the one that the reader can know of.
    visit.headers = others;
    pass(visit, await limits.identified(found.identity));
  }

  /** Whoever gives a proof of who it is needs a good one, everywhere. */
  async #login(request: IncomingMessage, visit: Visit): Promise<Identification> {
    const { limits, identify } = this.#options;
    const login = await limits.login(
      visit.client,
      () => identify(request),
      ({ kind }) => kind === 'refused',
    );
    if (!login.ok) throw limited(visit, login);
    if (login.found.kind === 'refused') visit.reason = login.found.reason;
    return login.found;
  }
}

/** @throws HttpProblem 429 */
function pass(visit: Visit, verdict: Verdict): void {
  if (!verdict.ok) throw limited(visit, verdict);
  visit.headers = { ...visit.headers, ...verdict.headers };
}

function limited(visit: Visit, { headers }: Refusal): HttpProblem {
  visit.headers = { ...visit.headers, ...headers };
  return RATE_LIMITED;
}

function isOpen(target: string, prefix: string): boolean {
  const [path = ''] = target.split('?', 1);
  return path.startsWith(prefix) && OPEN_PATHS.includes(path.slice(prefix.length));
}
