import type { Worker } from 'node:worker_threads';

/** Ends a worker. Never rejects. */
export async function ended(worker: Worker | undefined): Promise<void> {
  try {
    await worker?.terminate();
  } catch {
    // It has ended, or ends with the process.
  }
}
