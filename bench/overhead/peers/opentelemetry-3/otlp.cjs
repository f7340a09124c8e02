'use strict';

const { NodeSDK } = require('@opentelemetry/sdk-node');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');

/** The environment says what is exported. */
new NodeSDK({ instrumentations: [new HttpInstrumentation()] }).start();
