import { type Coverage, isPartial, timestamp } from '@tacho/core';
import type { Context } from 'koa';

/**
 * Says with every answer what it covers, whatever its body is: `Tacho-From` and `Tacho-To`, which is left out where
 * the end is open, `Tacho-Resolution`, and `Tacho-Partial: true` where something is missing.
 */
export function setCoverage(ctx: Pick<Context, 'set'>, coverage: Coverage): void {
  const { fromMs, toMs, resolution } = coverage;
  ctx.set('Tacho-From', timestamp(fromMs));
  if (Number.isFinite(toMs)) ctx.set('Tacho-To', timestamp(toMs));
  ctx.set('Tacho-Resolution', resolution);
  if (isPartial(coverage)) ctx.set('Tacho-Partial', 'true');
}
