import type { Exchange } from './exchange.ts';

let inHand: Exchange | undefined;

/**
 * The exchange whose request a server is handing to the application at this moment: for frameworks that tell of a
 * route without saying of which request.
 */
export function exchangeInHand(): Exchange | undefined {
  return inHand;
}

/** @returns what was in hand before, to be given back when the application returns */
export function takeInHand(exchange: Exchange | undefined): Exchange | undefined {
  const before = inHand;
  inHand = exchange;
  return before;
}
