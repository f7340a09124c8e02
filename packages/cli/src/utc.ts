/** `2026-11-23T12:45:01Z` */
export function utcSeconds(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, -5)}Z`;
}

/** `20261123T124501Z`: fit for a file's name on every system. */
export function compactUtc(epochMs: number): string {
  return utcSeconds(epochMs).replaceAll(/[-:]/g, '');
}

/** `12:45:01Z` */
export function utcTimeOfDay(epochMs: number): string {
  return utcSeconds(epochMs).slice(-9);
}
