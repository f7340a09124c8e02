import { parentPort, workerData } from 'node:worker_threads';
import { Keyring } from '@tacho/store';
import { StoreEngine } from '../engine/store-engine.ts';
import type { StoreWorkerData } from './messages.ts';
import { serve } from './serve.ts';

/** The worker's entry. */
const { encryptionKeys, ...options } = workerData as StoreWorkerData;
if (parentPort === null) throw new Error('This file is the entry of a worker.');
serve(
  parentPort,
  options.writer,
  (tell) => new StoreEngine({ ...options, keyring: Keyring.of(encryptionKeys) }, tell),
);
