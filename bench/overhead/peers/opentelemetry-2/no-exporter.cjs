'use strict';

const { NodeSDK } = require('@opentelemetry/sdk-node');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');

/** Takes every span and does nothing with it: with no processor at all, the SDK would make none. */
const nowhere = {
  onStart: () => {},
  onEnd: () => {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

new NodeSDK({ spanProcessors: [nowhere], instrumentations: [new HttpInstrumentation()] }).start();
