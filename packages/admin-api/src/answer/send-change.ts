import type { Context } from 'koa';

/** Answers with what a change has come to: short, and nobody's to be kept. @param report undefined for no body */
export function sendChange(ctx: Context, status: number, report: object | undefined): void {
  ctx.status = status;
  if (report === undefined) return;
  ctx.type = 'json';
  ctx.body = Buffer.from(JSON.stringify(report));
}
