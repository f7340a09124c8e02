import { rounded } from './rounded.ts';

/** Figures by name; null is unknown. */
export type Figures<TName extends string> = Readonly<Record<TName, number | null>>;

/**
 * By how many percent each figure is above what it was, negative where it is below; to four decimals. Null where
 * either is unknown, and where it was 0.
 */
export function changeOf<TName extends string>(
  now: Figures<TName>,
  before: Figures<TName>,
): Record<TName, number | null> {
  const change: Record<TName, number | null> = { ...now };
  for (const name of Object.keys(now) as TName[]) change[name] = percentChange(now[name], before[name]);
  return change;
}

function percentChange(now: number | null, before: number | null): number | null {
  if (now === null || before === null || before === 0) return null;
  return rounded((now / before - 1) * 100, 4);
}
