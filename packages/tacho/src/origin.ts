import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { Origin } from '@tacho/core';

/** What stands for much more than an application's package.json. */
const MAX_TEXT = 255;

/**
 * Which version of which service runs where: what alerts are explained by.
 * @param version where it is configured
 * @param folders where the application's package.json, or one above it, may be: the first that has a version counts
 */
export function originOf(version: string | undefined, folders: readonly string[]): Origin {
  return { host: hostname(), version: version ?? folders.map(versionAbove).find(isKnown) ?? '' };
}

function versionAbove(folder: string): string {
  const version = versionIn(join(folder, 'package.json'));
  const parent = dirname(folder);
  return version !== '' || parent === folder ? version : versionAbove(parent);
}

/** @returns empty where there is none */
function versionIn(path: string): string {
  try {
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version.slice(0, MAX_TEXT) : '';
  } catch {
    return '';
  }
}

function isKnown(version: string): boolean {
  return version !== '';
}
