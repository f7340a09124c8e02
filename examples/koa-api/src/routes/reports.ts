import { setTimeout as delay } from 'node:timers/promises';
import Router from '@koa/router';
import { jsonBody } from '../json-body.ts';

const NEWEST_YEAR = 2025;
const MS_PER_YEAR_OF_AGE = 350;
const SLOWEST_MS = 3000;

export const reports = new Router();
const monthly = new Router();

reports.get('/', (ctx) => {
  ctx.body = { years: [NEWEST_YEAR - 1, NEWEST_YEAR] };
});

reports.post('/', async (ctx) => {
  const { title } = await jsonBody(ctx);
  ctx.status = 201;
  ctx.body = { id: 1, title };
});

reports.put('/:id', async (ctx) => {
  const { title } = await jsonBody(ctx);
  ctx.body = { id: ctx.params.id, title };
});

reports.delete('/:id', (ctx) => {
  ctx.status = 204;
});

/** The older the year, the slower: more than two seconds from six years on. */
reports.get('/yearly/:year', async (ctx) => {
  const age = NEWEST_YEAR - Number(ctx.params.year);
  if (Number.isNaN(age)) ctx.throw(400, 'a year is expected');
  await delay(Math.min(Math.max(age, 0) * MS_PER_YEAR_OF_AGE, SLOWEST_MS));
  ctx.body = { year: ctx.params.year, total: 42 };
});

reports.get('/broken', () => {
  throw new Error('this report is broken on purpose');
});

monthly.get('/:month', (ctx) => {
  ctx.body = { year: ctx.params.year, month: ctx.params.month, total: 7 };
});

reports.use('/monthly/:year', monthly.routes());
