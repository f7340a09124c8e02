import {
  type ConversionConfig,
  type JsonSchema,
  toJsonSchema,
  toJsonSchemaDefs,
} from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { Compare } from '../src/compare.ts';
import { EndpointName } from '../src/endpoint-name.ts';
import * as contract from '../src/index.ts';
import { Instant } from '../src/instant.ts';
import * as quantities from '../src/quantities.ts';
import { SilenceId } from '../src/silences.ts';
import { Step } from '../src/step.ts';
import type { Json, JsonObject } from './json.ts';

const SCHEMA = /Schema$/;

/** The contract's schemas by the names of their types: `SummarySchema` is of `Summary`. */
const answers: Readonly<Record<string, v.GenericSchema>> = Object.fromEntries(
  Object.entries(contract).flatMap(([name, exported]) =>
    SCHEMA.test(name) ? [[name.replace(SCHEMA, ''), exported as v.GenericSchema]] : [],
  ),
);

const NAMED = { ...answers, ...quantities, Compare, EndpointName, Instant, SilenceId, Step };

const config: ConversionConfig = {
  target: 'draft-2020-12',
  // What a query takes is text, whatever is made of it.
  typeMode: 'input',
  // There is nothing else in JSON.
  ignoreActions: ['finite'],
  overrideRef: ({ referenceId }) => referenceTo(referenceId).$ref,
  overrideSchema: ({ valibotSchema, jsonSchema, referenceId }) => ({
    ...jsonSchema,
    // So that it is known where a description has been put over it; those with one of their own bring a title.
    ...(referenceId === undefined ? {} : { title: referenceId }),
    ...(valibotSchema.type === 'loose_object' ? { additionalProperties: true } : {}),
  }),
};

/** All named schemas, each written once: wherever one is used in another, there is a reference. */
export const schemaComponents: JsonObject = Object.fromEntries(
  Object.entries<JsonSchema>(toJsonSchemaDefs(NAMED, config))
    .map(([name, { title: _, ...schema }]) => [name, mapped(schema as JsonObject, referring)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** What a schema takes, as JSON Schema; a reference where it is a component. */
export function jsonSchemaOf(schema: v.GenericSchema): JsonObject {
  const { $schema, $defs, ...converted } = toJsonSchema(schema, {
    ...config,
    definitions: NAMED,
  }) as JsonObject;
  return referring(converted) as JsonObject;
}

function referenceTo(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

/** What has a title becomes a reference; a description of its own stays with it. */
function referring(json: Json): Json {
  if (!isObject(json) || typeof json.title !== 'string') return mapped(json, referring);
  const { title, description } = json;
  if (!Object.hasOwn(NAMED, title)) throw new Error(`no schema has the title ${title}`);
  return { ...referenceTo(title), description };
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function mapped(json: Json, change: (part: Json) => Json): Json {
  if (Array.isArray(json)) return json.map(change);
  if (!isObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, part]) => [key, change(part ?? null)]));
}
