import { readFile } from 'node:fs/promises';
import type { AgentOptions } from 'node:https';
import { type Environment, textOf } from '../environment.ts';
import { textOfError } from './failure.ts';
import type { OtlpSignal } from './otlp-settings.ts';

/**
 * The certificates that the standard's variables name files of.
 * @param warn told of each file that can't be read, which is then left out
 */
export async function tlsOptionsOf(
  signal: OtlpSignal,
  environment: Environment,
  warn: (message: string) => void,
): Promise<AgentOptions> {
  const contentOf = async (name: string): Promise<Buffer | undefined> => {
    const own = `OTEL_EXPORTER_OTLP_${signal}_${name}`;
    const variable = textOf(environment, own) === undefined ? `OTEL_EXPORTER_OTLP_${name}` : own;
    const path = textOf(environment, variable);
    if (path === undefined) return undefined;
    try {
      return await readFile(path);
    } catch (error) {
      warn(`${variable} names a file that can't be read: ${textOfError(error)}`);
      return undefined;
    }
  };
  const [ca, cert, key] = await Promise.all(
    ['CERTIFICATE', 'CLIENT_CERTIFICATE', 'CLIENT_KEY'].map((name) => contentOf(name)),
  );
  const given = Object.entries({ ca, cert, key }).filter(([, content]) => content !== undefined);
  return Object.fromEntries(given) as AgentOptions;
}
