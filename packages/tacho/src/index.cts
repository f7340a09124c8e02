/**
 * `require('tacho')`: what `import` gives, the very same module, so that there is only one of it. A Node that
 * can't require ES modules is too old; there, and only there, this file does more than hand on.
 */
try {
  module.exports = require('./index.js');
} catch {
  console.error(
    `tacho needs Node.js ≥ 22.15 and its require() of ES modules, and is switched off; this is ${process.version}.`,
  );
  const inert = Object.freeze({ adminApi: undefined, shutdown: () => Promise.resolve() });
  module.exports = { startMonitoring: () => inert };
}
