import * as v from 'valibot';
import { described } from './described.ts';

/** `GET /api/performance/openapi.json`, and the file `openapi.json` of this package. */
export const OpenApiDocumentSchema = described(
  v.looseObject({
    openapi: v.string(),
    info: v.looseObject({ title: v.string(), version: v.string() }),
    servers: v.array(v.looseObject({ url: v.string() })),
    paths: v.looseObject({}),
    components: v.looseObject({}),
  }),
  'This document: OpenAPI 3.1, with the address it was asked at as its server.',
);

export type OpenApiDocument = v.InferOutput<typeof OpenApiDocumentSchema>;
