/** `node --require tacho/register app.js`; as in `index.cts`, for a Node that can't require ES modules too. */
require('./index.cjs').startMonitoring();
