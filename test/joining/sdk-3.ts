import { trace } from '@opentelemetry/api';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { serve } from './application.ts';

await serve({ NodeSDK, HttpInstrumentation, trace });
