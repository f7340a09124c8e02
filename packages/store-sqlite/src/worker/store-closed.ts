import { TachoError } from '@tacho/core';

export function storeClosed(): TachoError {
  return new TachoError('TACHO_STORE_UNAVAILABLE', 'The store is closed.');
}
