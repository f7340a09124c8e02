import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As much of the application's package.json as is looked at. */
export interface Application {
  readonly scripts: Readonly<Record<string, string>>;
  /** Those for development too. */
  readonly dependencies: ReadonlySet<string>;
}

/** @returns undefined where the folder has no package.json, or one that is none */
export async function applicationIn(folder: string): Promise<Application | undefined> {
  try {
    const listing: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const dependencies = ['dependencies', 'devDependencies', 'optionalDependencies'];
    return {
      scripts: textsIn(listing, 'scripts'),
      dependencies: new Set(dependencies.flatMap((kind) => Object.keys(textsIn(listing, kind)))),
    };
  } catch {
    return undefined;
  }
}

function textsIn(listing: unknown, name: string): Record<string, string> {
  const field: unknown = (listing as Record<string, unknown> | null)?.[name];
  if (typeof field !== 'object' || field === null) return {};
  return Object.fromEntries(Object.entries(field).filter(([, value]) => typeof value === 'string'));
}
