import { connections } from './connections.ts';
import { hosts } from './hosts.ts';
import type { Kind } from './kind.ts';
import { messages } from './messages.ts';
import { propagation } from './propagation.ts';
import { proxies } from './proxies.ts';
import { responses } from './responses.ts';
import { targets } from './targets.ts';
import { userCode } from './user-code.ts';

export const KINDS: readonly Kind[] = [
  ...messages,
  ...targets,
  ...hosts,
  ...proxies,
  ...propagation,
  ...connections,
  ...responses,
  ...userCode,
];
