import Router from '@koa/router';
import { type Account, accounts } from '../accounts.ts';

export const users = new Router();

users.get('/', (ctx) => {
  ctx.body = accounts.map(shown);
});

users.get('/:id', (ctx) => {
  const account = accounts.find(({ id }) => String(id) === ctx.params.id);
  if (account === undefined) return ctx.throw(404, 'no such user');
  ctx.body = shown(account);
});

function shown({ id, name }: Account): object {
  return { id, name };
}
