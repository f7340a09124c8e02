/**
 * `require('tacho')`: what `import` gives, the very same module, so that there is only one of it. A Node that
 * can't require ES modules is too old; there, and only there, this file does more than hand on.
 */
type Answerable = { writeHead(status: number): { end(): void } };

try {
  module.exports = require('./index.js');
} catch (error) {
  const tooOld = (error as { readonly code?: unknown }).code === 'ERR_REQUIRE_ESM';
  console.error(
    tooOld
      ? `tacho needs Node.js ≥ 22.15 and its require() of ES modules, and is switched off; this is ${process.version}.`
      : `tacho: could not be loaded and is switched off: ${String(error).split('\n', 1)[0]}`,
  );
  const inert = Object.freeze({
    adminApi: undefined,
    adminHandler: () => (_request: unknown, response: Answerable, next?: () => void) =>
      next ? next() : response.writeHead(404).end(),
    adminMiddleware: () => (_context: unknown, next: () => unknown) => next(),
    shutdown: () => Promise.resolve(),
  });
  module.exports = { startMonitoring: () => inert };
}
