import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { type ExpressServing, express4, express5, forgetPaths, serveExpress } from './express-serving.ts';

const ok: RequestHandler = (_request, response) => {
  response.send('ok');
};
const pass: RequestHandler = (_request, _response, next) => next();
const decline: RequestHandler = (_request, _response, next) => next('route');
const leave: RequestHandler = (_request, _response, next) => next('router');
const boom: RequestHandler = () => {
  throw new Error('boom');
};
const answerError: ErrorRequestHandler = (_error, _request, response, _next) => {
  response.status(500).send('failed');
};
const long = `/long/${'segment-'.repeat(60)}`;

const VERSIONS = [
  { version: 'Express 4', express: express4, any: '/*', optional: '/:part?', remembers: true },
  { version: 'Express 5', express: express5, any: '/*any', optional: '{/:part}', remembers: true },
  { version: 'Express 5.2', express: express5, any: '/*any', optional: '{/:part}', remembers: false },
];

describe.each(VERSIONS)('$version', ({ express, any, optional, remembers }) => {
  /** How a path of a router is shown, that the version has kept no more than what it matches of. */
  const kept = (path: string): string => (remembers ? path : path.toLowerCase());

  describe('a route', () => {
    let served: ExpressServing;
    afterAll(() => served.close());
    beforeAll(async () => {
      const app = express()
        .get('/', ok)
        .get('/users', ok)
        .get('/users/new', ok)
        .get('/users/:id', ok)
        .put('/users/:id', ok)
        .post('/users', ok)
        .get(['/one', ['/two/:id', /^\/three-\d$/]] as string[], ok)
        .get(/^\/pattern\/(\d+)$/, ok)
        .get(/fly$/g, ok)
        .get(`/optional${optional}`, ok)
        .get(`/files${any}`, ok)
        .get('/__proto__/:id', ok)
        .get('/Camel/:caseId', ok)
        .get(long, ok)
        .get('/boom/:id', boom)
        .get('/late/:id', (_request, _response, next) => setImmediate(() => next(new Error('late'))))
        .get('/async/:id', pass, async (_request, response) => {
          await null;
          response.status(201).end();
        })
        .get('/declined/:id', decline, ok)
        .get('/declined/:other', ok)
        .get('/left/:id', leave, ok)
        .all('/all/:id', ok)
        .use('/plain', ok)
        .use(answerError);
      app.param('refused', (_request, response) => void response.status(403).end());
      app.get('/params/:refused', ok);
      app.route('/chained/:id').get(ok).delete(ok);
      served = await serveExpress(app);
    });

    it.each([
      ['GET /', 'GET / 200'],
      ['GET /users', 'GET /users 200'],
      ['GET /users/17', 'GET /users/:id 200'],
      ['GET /users/17?id=18', 'GET /users/:id 200'],
      ['GET http://host/users/17', 'GET /users/:id 200'],
      ['GET /USERS/17/', 'GET /users/:id 200'],
      ['GET /users/new', 'GET /users/new 200'],
      ['HEAD /users/17', 'HEAD /users/:id 200'],
      ['PUT /users/17', 'PUT /users/:id 200'],
      ['POST /users', 'POST /users 200'],
      ['GET /one', 'GET /one 200'],
      ['GET /two/17', 'GET /two/:id 200'],
      ['GET /three-3', 'GET /^\\/three-\\d$/ 200'],
      ['GET /pattern/17', 'GET /^\\/pattern\\/(\\d+)$/ 200'],
      ['GET /17/may/fly', 'GET /fly$/g 200'],
      ['GET /optional', `GET /optional${optional} 200`],
      ['GET /optional/x', `GET /optional${optional} 200`],
      ['GET /files/a/b/c', `GET /files${any} 200`],
      ['GET /__proto__/17', 'GET /__proto__/:id 200'],
      ['GET /camel/17', 'GET /Camel/:caseId 200'],
      [`GET ${long}`, `GET ${long.slice(0, 300)} 200`],
      ['GET /boom/17', 'GET /boom/:id 500'],
      ['GET /late/17', 'GET /late/:id 500'],
      ['GET /async/17', 'GET /async/:id 201'],
      ['GET /declined/17', 'GET /declined/:other 200'],
      ['GET /left/17', 'GET /left/:id 404'],
      ['PATCH /all/17', 'PATCH /all/:id 200'],
      ['OPTIONS /all/17', 'OPTIONS /all/:id 200'],
      ['GET /params/17', 'GET /params/:refused 403'],
      ['DELETE /chained/17', 'DELETE /chained/:id 200'],
    ])('counts by its template: %s', async (request, endpoint) => {
      expect(await served.ask(request)).toBe(endpoint);
    });

    it.each([
      ['GET /nowhere/17', 'GET /{name}/{id} 404'],
      ['DELETE /users/17', 'DELETE /{name}/{id} 404'],
      ['HEAD /nowhere', 'HEAD /{name} 404'],
      ['OPTIONS /users/17', 'OPTIONS /{name}/{id} 200'],
      ['GET /plain/17', 'GET /plain/{id} 200'],
      ['GET /users/%ZZ', 'GET /users/{id} 500'],
    ])('does not count where none matched: %s', async (request, endpoint) => {
      expect(await served.ask(request)).toBe(endpoint);
    });

    it('does not count for HEAD where it has no GET', async () => {
      await served.close();
      served = await serveExpress(express().post('/users', ok));
      expect(await served.ask('HEAD /users')).toBe('HEAD /{name} 404');
    });
  });

  describe('a catch-all', () => {
    let served: ExpressServing;
    afterAll(() => served.close());
    beforeAll(async () => {
      const missing: RequestHandler = (_request, response) => void response.status(404).end();
      const inner = express.Router().get('/known', ok).all(any, missing);
      served = await serveExpress(
        express()
          .all(any, pass)
          .get('/users/:id', ok)
          .use('/inner', inner)
          .get('/tried/:id', pass)
          .use('/tried', express.static(import.meta.dirname))
          .use(missing),
      );
    });

    it.each([
      ['that passes on is not counted where a route answers', 'GET /users/17', 'GET /users/:id 200'],
      ['counts where nothing after it has a route', 'GET /nowhere/17', `GET ${any} 404`],
      ['of a router counts with its prefix', 'GET /inner/x/y', `GET /inner${any} 404`],
      ['of a router does not count where a route answers', 'GET /inner/known', 'GET /inner/known 200'],
      ['does not count where a later route has passed on', 'GET /tried/nowhere', 'GET /tried/:id 404'],
      ['nor where a file is sent then', 'GET /tried/serving.ts', 'GET /tried/:id 200'],
    ])('%s', async (_what, request, endpoint) => {
      expect(await served.ask(request)).toBe(endpoint);
    });
  });

  describe('the prefix of a router', () => {
    let served: ExpressServing;
    afterAll(() => served.close());
    beforeAll(async () => {
      const posts = express
        .Router()
        .get('/', ok)
        .get('/:post', ok)
        .get(/^\/re-\d$/, ok)
        .get('/boom/:id', boom)
        .get(['/a/one', '/a/:two'], ok);
      const users = express
        .Router({ mergeParams: true })
        .get('/', ok)
        .get('/:id', ok)
        .use('/:id/posts', posts);
      const admin = express().get('/', ok).get('/top/:id', ok).use('/users', users);
      const twice = express().get('/x/:id', ok);
      const self = express.Router().get('/x/:id', ok);
      self.use('/more', self);
      const later = express.Router().get('/x/:id', ok);
      const app = express()
        .use(express.Router().get('/unprefixed/:id', ok))
        .use('/users', users)
        .use('/Api/v1', users)
        .use(['/list/:of/all', '/list'], posts)
        .use(['/either/fixed', '/either/:or'], posts)
        .use(/^\/pattern\/\w+/, posts)
        .use(`/speaks${optional}`, posts)
        .use(`/rest${any}`, express.Router().get('/', ok))
        .use('/slash/', posts)
        .use('/strict', express.Router({ strict: true, caseSensitive: true }).get('/Users/', ok))
        .use('/admin/:area', admin)
        .use('/twice/:once', twice)
        .use('/twice', twice)
        .use('/self', self)
        .use('/a-:from-:to', posts)
        .use('/hidden/:by', (request, response, next) => later(request, response, next))
        .use('/hidden/:by/again', (request, response, next) => later(request, response, next))
        .use((request, _response, next) => {
          request.url = request.url.replace('/alias', '/users');
          next();
        })
        .use('/users', users)
        .use(answerError);
      if (!remembers) for (const { router } of [app, admin, twice]) forgetPaths(router as never);
      served = await serveExpress(app);
    });

    const optionally = (present: boolean): string => (remembers ? optional : present ? '/:part' : '');
    it.each([
      ['GET /unprefixed/17', 'GET /unprefixed/:id 200'],
      ['GET /users', 'GET /users 200'],
      ['GET /users/', 'GET /users 200'],
      ['GET /users/17', 'GET /users/:id 200'],
      ['GET /USERS/17', 'GET /users/:id 200'],
      ['GET /users/17/posts', 'GET /users/:id/posts 200'],
      ['GET /users/17/posts/18', 'GET /users/:id/posts/:post 200'],
      ['GET /users/posts/posts/posts', 'GET /users/:id/posts/:post 200'],
      ['GET /users/%C3%A9%2F1/Posts/18?a', 'GET /users/:id/posts/:post 200'],
      ['GET http://host/users/17/posts/18', 'GET /users/:id/posts/:post 200'],
      ['GET /users/17/posts/re-1', 'GET /users/:id/posts/:post 200'],
      ['GET /users/17/posts/a/one', 'GET /users/:id/posts/a/one 200'],
      ['GET /users/17/posts/a/17', 'GET /users/:id/posts/a/:two 200'],
      ['GET /users/17/posts/boom/18', 'GET /users/:id/posts/boom/:id 500'],
      ['GET /api/V1/17/posts/18', `GET ${kept('/Api/v1')}/:id/posts/:post 200`],
      ['GET /list/18', 'GET /list/:post 200'],
      ['GET /list/17/all/18', 'GET /list/:of/all/:post 200'],
      ['GET /either/17/18', 'GET /either/:or/:post 200'],
      ['GET /either/fixed/18', 'GET /either/fixed/:post 200'],
      ['GET /speaks', `GET /speaks${optionally(false)} 200`],
      ['GET /speaks/en/18', `GET /speaks${optionally(true)}/:post 200`],
      ['GET /rest/a/b', `GET /rest${any} 200`],
      ['GET /slash/18', 'GET /slash/:post 200'],
      ['GET /strict/Users/', 'GET /strict/Users/ 200'],
      ['GET /admin/x', `GET /admin/:area 200`],
      ['GET /admin/x/top/17', 'GET /admin/:area/top/:id 200'],
      ['GET /admin/x/users/17/posts/18', 'GET /admin/:area/users/:id/posts/:post 200'],
      ['GET /twice/x/x/17', 'GET /twice/:once/x/:id 200'],
      ['GET /twice/x/17', 'GET /twice/x/:id 200'],
      ['GET /self/x/17', 'GET /self/x/:id 200'],
      ['GET /self/more/more/x/17', 'GET /self/more/more/x/:id 200'],
      ['GET /a-1-2/18', 'GET /a-:from-:to/:post 200'],
      ['GET /hidden/me/x/17', 'GET /hidden/:by/x/:id 200'],
      ['GET /alias/17', 'GET /users/:id 200'],
      ['GET /users/17/nowhere', 'GET /{name}/{id}/{name} 404'],
    ])('is its template: %s', async (request, endpoint) => {
      expect(await served.ask(request)).toBe(endpoint);
    });

    it('is the source text of a regular expression, else it is not shown', async () => {
      const shown = remembers ? '/^\\/pattern\\/\\w+/' : '/{name}/{name}';
      expect(await served.ask('GET /pattern/abc/18')).toBe(`GET ${shown}/:post 200`);
      expect(await served.ask('GET /pattern/xyz/18')).toBe(`GET ${shown}/:post 200`);
    });
  });
});
