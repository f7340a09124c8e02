import type { Keyring, StoreStatus } from '@tacho/store';

/** What is said of a store's encryption before its file is open: nobody shall leave out an earlier key too soon. */
export function encryptionUntilKnown(keyring: Keyring): StoreStatus['encryption'] {
  if (!keyring.encrypts) return 'off';
  return keyring.readsEarlier ? 'rotating' : 'on';
}
