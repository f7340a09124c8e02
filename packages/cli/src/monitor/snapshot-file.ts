import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileSealer } from '@tacho/store';
import { failure } from '../command-error.ts';
import { errorCode } from '../error-code.ts';
import { failureReason } from '../failure-reason.ts';
import { publishFile } from '../publish-file.ts';
import { quoted } from '../shown.ts';
import { compactUtc } from '../utc.ts';
import { type AnsweredSample, isMissed, type Sample } from './sample.ts';
import { sampleJson, sliceJson } from './sample-json.ts';

export interface SnapshotFile {
  add(sample: Sample): Promise<void>;
  /**
   * Ends the file, with the last reports that were answered, and gives it its name.
   * @returns its path
   */
  save(skippedSamples: number): Promise<string>;
  /** Leaves nothing behind, unless it was saved. */
  discard(): Promise<void>;
}

/**
 * `tacho-metrics-<UTC>.json`, for its owner alone; with `.enc` behind it where it is sealed. It is written to a hidden file beside, sample by sample:
 * so a run of any length takes no memory, and a folder that can't be written to shows at once.
 * @param startedMs epoch milliseconds, UTC
 * @param sealer encrypts what is written, so that nothing is ever there in the clear
 * @throws `CommandError`, as each of the methods does
 */
export async function openSnapshotFile(
  folder: string,
  startedMs: number,
  settings: object,
  sealer: FileSealer | undefined,
): Promise<SnapshotFile> {
  const stem = `tacho-metrics-${compactUtc(startedMs)}`;
  const ending = sealer === undefined ? '.json' : '.json.enc';
  const [temporary, handle] = await orFailure(folder, () =>
    firstFree(
      (suffix) => join(folder, `.${stem}${suffix}${ending}.part`),
      async (path): Promise<[string, FileHandle]> => [path, await open(path, 'wx', 0o600)],
    ),
  );
  const write = (text: string) =>
    orFailure(folder, () => handle.appendFile(sealer === undefined ? text : sealer.add(Buffer.from(text))));
  let before = `{\n"settings": ${JSON.stringify(settings)},\n"samples": [\n`;
  let missed = 0;
  let latest: AnsweredSample | undefined;
  return {
    async add(sample) {
      const saved = { ...sampleJson(sample), ...sliceJson(latest, sample) };
      if (isMissed(sample)) missed += 1;
      else latest = sample;
      await write(`${before}${JSON.stringify(saved)}`);
      before = ',\n';
    },
    async save(skipped) {
      const { distributions: _saved, ...reports } = latest?.reports ?? {};
      const end = { missed_samples: missed, skipped_samples: skipped, reports: latest ? reports : null };
      await write(`\n],\n${JSON.stringify(end).slice(1)}\n`);
      return await orFailure(folder, async () => {
        if (sealer !== undefined) await handle.appendFile(sealer.end());
        await handle.sync();
        await handle.close();
        return await firstFree(
          (suffix) => join(folder, `${stem}${suffix}${ending}`),
          async (path) => {
            await publishFile(temporary, path);
            return path;
          },
        );
      });
    },
    async discard() {
      await orFailure(folder, async () => {
        await handle.close();
        await rm(temporary, { force: true });
      });
    },
  };
}

/** The outcome for the first path that is not taken: without a suffix, then with `-2`, `-3` and so on. */
async function firstFree<T>(
  pathFor: (suffix: string) => string,
  attempt: (path: string) => Promise<T>,
): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await attempt(pathFor(number === 1 ? '' : `-${number}`));
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

async function orFailure<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failure(`can't save metrics in ${quoted(folder)}: ${failureReason(error)}`);
  }
}
