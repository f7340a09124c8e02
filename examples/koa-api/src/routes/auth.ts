import Router from '@koa/router';
import { accountWith } from '../accounts.ts';
import { jsonBody } from '../json-body.ts';

export const auth = new Router();

auth.post('/login', async (ctx) => {
  const { email, password } = await jsonBody(ctx);
  const account = accountWith(email, password);
  if (account === undefined) return ctx.throw(401, 'wrong address or password');
  ctx.body = { token: account.token };
});
