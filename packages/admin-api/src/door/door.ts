import type { IncomingMessage } from 'node:http';
import { OPERATIONS } from '@tacho/api-contract';
import type { Identify, Identity } from '../identity/identity.ts';
import { forbidden, unauthorized } from '../refusals.ts';
import type { Visit } from './visit.ts';

/** What a stranger may ask. */
const OPEN_PATHS = Object.values(OPERATIONS)
  .filter(({ access }) => access === 'open')
  .map(({ path }): string => path);

export interface DoorOptions {
  readonly identify: Identify;
}

/** Where requests come in. */
export interface Site {
  /** What all paths begin with; without a slash at the end. */
  readonly prefix: string;
}

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
  async admit(request: IncomingMessage, { prefix }: Site): Promise<Visit> {
    const identity = await this.#identityOf(request);
    if (identity === undefined && !isOpen(request.url ?? '', prefix)) throw unauthorized();
    if (identity !== undefined && identity.role === undefined) throw forbidden();
    return { identity, prefix, operation: '' };
  }

  /** @returns undefined for a stranger. Whoever gives a proof of who it is needs a good one, everywhere */
  async #identityOf(request: IncomingMessage): Promise<Identity | undefined> {
    const found = await this.#options.identify(request);
    if (found.kind === 'refused') throw unauthorized();
    return found.kind === 'identity' ? found.identity : undefined;
  }
}

function isOpen(target: string, prefix: string): boolean {
  const [path = ''] = target.split('?', 1);
  return path.startsWith(prefix) && OPEN_PATHS.includes(path.slice(prefix.length));
}
