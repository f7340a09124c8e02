import type { Operation } from '../src/operation.ts';
import { referredTo } from './components.ts';
import { headerComponents } from './headers.ts';
import type { JsonObject } from './json.ts';
import { parametersOf } from './parameters.ts';
import { responseComponents, responsesOf } from './responses.ts';
import { jsonSchemaOf, schemaComponents } from './schemas.ts';
import { SharedParameters } from './shared-parameters.ts';

const ABOUT =
  'What tacho has measured of a service, and the alerts that come of it. What is read with `GET` can be asked with ' +
  '`HEAD` where the headers are enough, and changes nothing. Unless the operation says otherwise, an answer is made from what was measured in the last 24 hours. ' +
  'Times are UTC, durations are seconds, sizes are bytes.';

/**
 * Describes the admin API in OpenAPI 3.1.
 * @param operations by their ids
 * @param version of this API
 */
export function openApiDocument(
  operations: Readonly<Record<string, Operation>>,
  version: string,
): JsonObject {
  const all = Object.entries(operations);
  const parameters = new SharedParameters(all.map(([, operation]) => parametersOf(operation)));
  const paths: Record<string, JsonObject> = {};
  for (const [name, operation] of all) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method.toLowerCase()]: described(name, operation, parameters) };
  }
  const components = {
    schemas: schemaComponents,
    responses: responseComponents,
    parameters: parameters.components,
    headers: headerComponents,
  };
  return {
    openapi: '3.1.1',
    info: {
      title: 'tacho admin API',
      version,
      description: ABOUT,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/performance' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      ...referredTo(paths, components),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token, or a JWT where the service takes them.',
        },
      },
    },
  };
}

function described(operationId: string, operation: Operation, parameters: SharedParameters): JsonObject {
  const { summary, access, body } = operation;
  return {
    operationId,
    summary,
    // A stranger may ask, and is told less.
    ...(access === 'open' ? { security: [{}, { bearer: [] }] } : {}),
    'x-tacho-access': access,
    parameters: parametersOf(operation).map((parameter) => parameters.referenceTo(parameter)),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchemaOf(body.schema) } },
          },
        }),
    responses: responsesOf(operation),
  };
}
