import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { openApiDocument } from '../openapi/document.ts';
import type { Json, JsonObject } from '../openapi/json.ts';
import type { Operation } from '../src/operation.ts';
import { OPERATIONS, type OperationName } from '../src/operations.ts';

const document = openApiDocument(OPERATIONS, '0.1.0');
const text = JSON.stringify(document);
const operations: [OperationName, Operation][] = Object.entries(OPERATIONS) as [OperationName, Operation][];

interface Described {
  operationId: string;
  security?: Json;
  requestBody?: { content: Record<string, { schema: JsonObject }> };
  parameters: { name: string; in: string; schema: JsonObject & { $ref?: string } }[];
  responses: Record<string, JsonObject>;
}

function at(pointer: string): Json | undefined {
  const keys = pointer
    .slice(2)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce<Json | undefined>((json, key) => (json as JsonObject | undefined)?.[key], document);
}

function resolved(json: JsonObject): JsonObject {
  return typeof json.$ref === 'string' ? (at(json.$ref) as JsonObject) : json;
}

/** The one that an operation has; its parameters are those that are referred to. */
function describedAs(operation: Operation): Described {
  const described = at(
    `#/paths/${operation.path.replaceAll('/', '~1')}/${operation.method.toLowerCase()}`,
  ) as unknown as Described;
  const parameters = described.parameters.map((one) => resolved(one as unknown as JsonObject));
  return { ...described, parameters: parameters as unknown as Described['parameters'] };
}

function everyObject(json: Json | undefined): JsonObject[] {
  if (typeof json !== 'object' || json === null) return [];
  const inside = Object.values(json).flatMap((part) => everyObject(part));
  return Array.isArray(json) ? inside : [json as JsonObject, ...inside];
}

describe('the OpenAPI document', () => {
  it('is one, by a validator that is not ours', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(text));
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('is what the build has written', () => {
    const written = readFileSync(join(import.meta.dirname, '../dist/openapi.json'), 'utf8');
    expect(JSON.parse(written)).toEqual(JSON.parse(text));
  });

  it('has all operations, under their names, and no others', () => {
    const described = Object.values(document.paths as JsonObject).flatMap((path) =>
      Object.values(path as unknown as Record<string, Described>).map(({ operationId }) => operationId),
    );
    expect(described).toEqual(Object.keys(OPERATIONS));
  });

  it('refers only to components, and has none that nothing refers to', () => {
    const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, pointer]) => pointer!));
    for (const pointer of references) expect([pointer, at(pointer)]).toEqual([pointer, expect.anything()]);
    const { securitySchemes, ...components } = document.components as Record<string, JsonObject>;
    const all = Object.entries(components).flatMap(([kind, ones]) =>
      Object.keys(ones).map((name) => `#/components/${kind}/${name}`),
    );
    expect(all.filter((pointer) => !references.has(pointer))).toEqual([]);
    expect(Object.keys(securitySchemes!)).toEqual(['bearer']);
  });

  it('says no schema of an object twice', () => {
    const objects = everyObject(document).filter(
      ({ properties }) => Object.keys(properties ?? {}).length > 0,
    );
    const texts = objects.map(({ description, ...one }) => JSON.stringify(one));
    expect(texts.filter((one, index) => texts.indexOf(one) !== index)).toEqual([]);
  });

  it('has schemas that compile', () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema(JSON.parse(text), 'tacho');
    for (const name of Object.keys((document.components as Record<string, JsonObject>).schemas!)) {
      expect(ajv.getSchema(`tacho#/components/schemas/${name}`)).toBeInstanceOf(Function);
    }
  });
});

describe.each(operations)('%s', (name, operation) => {
  const { operationId, parameters, requestBody, responses, security } = describedAs(operation);
  const query = parameters.filter((one) => one.in === 'query');
  const accepts = (given: Record<string, unknown>) => operation.query.validate(given).ok;

  it('has the parameters that its query takes, each described', () => {
    expect(operationId).toBe(name);
    expect(query.map((one) => one.name)).toEqual(operation.query.parameters);
    expect(parameters.filter((one) => !('description' in { ...resolved(one.schema), ...one }))).toEqual([]);
  });

  it('has the defaults that its query has', () => {
    const defaults = query.filter(({ schema }) => schema.default !== undefined);
    const checked = operation.query.validate({});
    expect(checked).toMatchObject({
      ok: true,
      value: Object.fromEntries(defaults.map((one) => [one.name, one.schema.default])),
    });
    if (checked.ok)
      expect(Object.keys(checked.value as object).sort()).toEqual(defaults.map((one) => one.name).sort());
  });

  it('takes what its parameters are said to be, to the bounds and not beyond', () => {
    for (const { name: parameter, schema } of query) {
      const { minimum, maximum, examples, enum: choices } = resolved(schema);
      for (const given of [minimum, maximum, examples, choices].flat() as Json[]) {
        if (given === undefined) continue;
        expect([parameter, given, accepts({ [parameter]: String(given) })]).toEqual([parameter, given, true]);
      }
      const beyond = [Number(minimum) - 1, Number(maximum) + 1].filter(Number.isFinite);
      for (const given of beyond) expect(accepts({ [parameter]: String(given) })).toBe(false);
    }
  });

  it('takes the body that is described, and says which it refuses', () => {
    const schema = requestBody?.content['application/json']?.schema;
    const fields = (schema && (resolved(schema).properties as JsonObject)) ?? {};
    expect(Object.keys(fields)).toEqual(operation.body?.fields ?? []);
    for (const status of ['413', '415']) {
      expect(responses[status] !== undefined).toBe(operation.body !== undefined);
    }
  });

  it('answers with its schema, and with problems', () => {
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining([String(operation.status), '400', '401', '403', '429', '503', 'default']),
    );
    expect(responses['404'] !== undefined).toBe(/\{|^\/alerts/.test(operation.path));
    expect(responses['410'] !== undefined).toBe(operation.query.parameters.includes('cursor'));
    const { content = {} } = responses[operation.status] ?? {};
    expect(Object.keys(content as object)).toEqual([operation.mediaType].filter(Boolean));
    expect(security).toEqual(operation.access === 'open' ? [{}, { bearer: [] }] : undefined);
  });
});
