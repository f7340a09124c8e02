import * as v from 'valibot';
import { EndpointName } from '../src/endpoint-name.ts';
import type { Operation } from '../src/operation.ts';
import { SilenceId } from '../src/silences.ts';
import type { JsonObject } from './json.ts';
import { jsonSchemaOf } from './schemas.ts';

/** What stands in braces in a path template. */
const IN_PATHS: Readonly<Record<string, v.GenericSchema>> = { endpoint: EndpointName, id: SilenceId };

const IN_BRACES = /\{(\w+)\}/g;

/** Of the path and of the query. */
export function parametersOf({ path, query }: Operation): JsonObject[] {
  const inPath = [...path.matchAll(IN_BRACES)].map(([, name = '']) => pathParameter(name));
  const inQuery = Object.entries(query.entries).map(([name, entry]) =>
    queryParameter(name, entry as v.GenericSchema),
  );
  return [...inPath, ...inQuery];
}

function pathParameter(name: string): JsonObject {
  const schema = IN_PATHS[name];
  if (schema === undefined) throw new Error(`no schema for {${name}} in a path`);
  return { name, in: 'path', required: true, schema: jsonSchemaOf(schema) };
}

function queryParameter(name: string, entry: v.GenericSchema): JsonObject {
  const { wrapped } = entry as v.OptionalSchema<v.GenericSchema, string | undefined>;
  const description = v.getDescription(wrapped);
  if (description === undefined) throw new Error(`the parameter ${name} has no description`);
  const { default: text, ...schema } = jsonSchemaOf(entry);
  const { description: ofSchema, ...unlessOwn } = schema;
  return {
    name,
    in: 'query',
    description,
    schema: {
      ...(ofSchema === description ? unlessOwn : schema),
      ...(text === undefined ? {} : { default: typeof text === 'string' ? meantBy(text, entry) : text }),
    },
  };
}

/** A default is written as the query would have it, and described as what is made of it: `'20'` is 20. */
function meantBy(text: string, entry: v.GenericSchema): string | number {
  return v.parse(v.union([v.string(), v.number()]), v.parse(entry, text));
}
