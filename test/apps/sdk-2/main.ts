import { trace } from '@opentelemetry/api';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { serve } from '../../joining/application.ts';

await serve({ NodeSDK, HttpInstrumentation, trace });
