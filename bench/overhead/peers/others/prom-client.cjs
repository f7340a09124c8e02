'use strict';

const { Histogram } = require('prom-client');

const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'How long requests took.',
  labelNames: ['method', 'route', 'status'],
});

exports.middleware = {
  koa: (app) => {
    app.use(async (ctx, next) => {
      const startMs = performance.now();
      try {
        await next();
      } finally {
        observe(startMs, ctx.method, ctx._matchedRoute ?? 'none', ctx.status);
      }
    });
  },
  http: (listener) => (request, response) => {
    const startMs = performance.now();
    response.on('finish', () => observe(startMs, request.method, 'none', response.statusCode));
    listener(request, response);
  },
};

function observe(startMs, method, route, status) {
  duration.observe({ method, route, status }, (performance.now() - startMs) / 1000);
}
