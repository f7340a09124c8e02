import { TachoError } from '@tacho/core';

/** @param what begins the sentence: `The memory store` */
export function storeClosed(what: string): TachoError {
  return new TachoError('TACHO_STORE_UNAVAILABLE', `${what} is closed.`);
}
