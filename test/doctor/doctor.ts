import { type Environment, main } from '@tacho/cli';
import { createStoreTools } from '@tacho/store-sqlite';
import { checkVariables } from '../../packages/tacho/src/config/check-variables.ts';

/** One finding, as `tacho doctor --json` prints it. */
export interface Finding {
  readonly id: string;
  readonly group: string;
  readonly status: 'ok' | 'warning' | 'problem' | 'skipped';
  readonly found: string;
  readonly remedy: string | null;
}

export interface Examination {
  readonly exitCode: number;
  readonly stderr: string;
  /** As printed. */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Warnings and problems. */
  readonly complaints: readonly Finding[];
}

export interface ExaminationOptions {
  readonly folder: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly arguments?: readonly string[];
}

/** `tacho doctor --json` as it runs in a folder and an environment, without a process of its own. */
export async function doctor({
  folder,
  variables = {},
  arguments: argv = [],
}: ExaminationOptions): Promise<Examination> {
  let text = '';
  let stderr = '';
  const exitCode = await main(
    ['doctor', '--json', ...argv],
    environmentOf(folder, variables, {
      stdout: (written) => {
        text += written;
      },
      stderr: (written) => {
        stderr += written;
      },
    }),
  );
  const { findings } = JSON.parse(text || '{"findings":[]}') as { findings: Finding[] };
  const complaints = findings.filter(({ status }) => status === 'warning' || status === 'problem');
  return { exitCode, stderr, text, findings, complaints };
}

type Write = (text: string) => void;

function environmentOf(
  folder: string,
  variables: Readonly<Record<string, string>>,
  write: { stdout: Write; stderr: Write },
): Environment {
  const never = new AbortController().signal;
  return {
    version: '0.1.0',
    variables: { PATH: process.env.PATH, ...variables },
    folder,
    stdin: { isTerminal: false, async *[Symbol.asyncIterator]() {} },
    stdout: {
      isTerminal: false,
      columns: 80,
      rows: 24,
      write: write.stdout,
      onResize: () => () => {},
      flush: async () => {},
      closed: never,
    },
    stderr: { isTerminal: false, columns: 80, write: write.stderr },
    clock: {
      now: () => Date.now(),
      elapsedMs: () => performance.now(),
      waitUntil: (momentMs) =>
        new Promise((resolve) => setTimeout(resolve, Math.max(0, momentMs - performance.now()))),
      timeout: (delayMs) => AbortSignal.timeout(delayMs),
    },
    fetch: globalThis.fetch,
    stores: createStoreTools(() => Date.now()),
    checkVariables,
    interrupted: never,
  };
}
