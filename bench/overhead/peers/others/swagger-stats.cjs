'use strict';

const swaggerStats = require('swagger-stats');

const measure = swaggerStats.getMiddleware({});

exports.middleware = {
  koa: (app) => {
    app.use((ctx, next) => new Promise((settle) => measure(ctx.req, ctx.res, settle)).then(next));
  },
  http: (listener) => (request, response) => measure(request, response, () => listener(request, response)),
};
