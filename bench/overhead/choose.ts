import type { App, Variant } from './variant.ts';
import { BARE, VARIANTS } from './variants.ts';

/**
 * @param only names, separated by commas; undefined for all
 * @returns the variants with these names in the order of the table, and the bare app in any case
 */
export function choose(only: string | undefined, among: readonly Variant[] = VARIANTS): readonly Variant[] {
  if (only === undefined) return among;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !among.some((variant) => variant.name === name));
  if (unknown.length > 0) {
    const known = among.map(({ name }) => name).join(', ');
    throw new Error(`--only has ${unknown.join(', ')}; there are ${known}`);
  }
  return among.filter((variant) => variant === BARE || names.includes(variant.name));
}

export function chooseApp(app: string): App {
  if (app === 'koa' || app === 'http') return app;
  throw new Error(`--app is "${app}"; allowed: koa, http`);
}

export function wholeNumber(flag: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--${flag} is "${text}"; allowed: a whole number from 1`);
}
