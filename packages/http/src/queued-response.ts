import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const QUEUED = Symbol('tacho.queued');

/** The responses of one connection that wait for their turn, each with what to do if it never comes. */
type Queue = Map<ServerResponse, () => void>;

/**
 * Calls `abandon` when the connection closes while the response still waits behind an earlier one of a
 * pipeline, and closes without a word: Node before 24 tells only the response whose turn it is. One listener a
 * connection, none for responses that do not have to wait.
 */
export function whenAbandoned(response: ServerResponse, abandon: () => void): void {
  if (response.socket !== null) return;
  const { socket } = response.req;
  const queue = queueOf(socket);
  queue.set(response, abandon);
  response.once('close', () => queue.delete(response));
}

function queueOf(socket: Socket & { [QUEUED]?: Queue }): Queue {
  const known = socket[QUEUED];
  if (known !== undefined) return known;
  const queue: Queue = new Map();
  socket[QUEUED] = queue;
  // Node that does tell them does so in the same turn.
  socket.once('close', () => abandonSoon(queue));
  return queue;
}

/** Runs in an event of the connection: nothing may come out of it. */
function abandonSoon(queue: Queue): void {
  try {
    setImmediate(abandonAll, queue);
  } catch {
    abandonAll(queue);
  }
}

function abandonAll(queue: Queue): void {
  for (const abandon of queue.values()) abandon();
  queue.clear();
}
