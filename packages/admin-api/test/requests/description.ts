import { gunzipSync } from 'node:zlib';
import type { OpenApiDocument } from '@tacho/api-contract';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { WireAnswer } from './answer-reader.ts';

type Json = Readonly<Record<string, unknown>>;

interface DescribedResponse {
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

interface DescribedHeader {
  readonly required?: boolean;
  readonly schema: Json;
}

/** Headers of ours: none of them may come undescribed. */
const OURS = /^(tacho-|ratelimit-|retry-after$|etag$|link$|www-authenticate$)/;
/** What may become of any request, whatever its operation. */
const UNDESCRIBED = [404, 405, 413, 421];

/**
 * Judges answers by the OpenAPI document that the service gives of itself, with a validator that is not ours. Where
 * the document says which members an object has, there may be no others.
 */
export class Description {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: false });
  readonly #document: Json;
  readonly #paths: readonly { readonly pattern: RegExp; readonly path: string }[];
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    addFormats.default(this.#ajv);
    this.#document = withoutOthers(document) as Json;
    this.#ajv.addSchema(this.#document, 'document');
    this.#paths = Object.keys(document.paths).map((path) => ({
      path,
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/, '.+')}$`),
    }));
  }

  /** @returns what is wrong with the answer; undefined where nothing is. @param path below the prefix */
  complaint(answer: WireAnswer, method: string, path: string | undefined): string | undefined {
    const { status, headers } = answer;
    const operation = this.#paths.find(({ pattern }) => path !== undefined && pattern.test(path))?.path;
    const key = method === 'HEAD' ? 'get' : method.toLowerCase();
    const pointer = operation && `/paths/${operation.replaceAll('/', '~1')}/${key}/responses`;
    const described = pointer === undefined ? undefined : (this.#at(pointer) as Json | undefined);
    const isDescribed = described !== undefined && `${status}` in described;
    if (!isDescribed && !UNDESCRIBED.includes(status) && (status < 400 || described !== undefined)) {
      // Strangers and pages of other sites are refused whatever they ask.
      if (![400, 401, 403, 429].includes(status)) return `${status} is not described of ${method} ${path}`;
    }
    const at = isDescribed ? this.#resolved(`${pointer}/${status}`) : '/components/responses/OtherProblem';
    const response = this.#at(at) as DescribedResponse;
    const general = isDescribed ? response : this.#general(status, response);
    return headersComplaint(headers, general, this) ?? this.#bodyComplaint(answer, at, response, method);
  }

  /** Whether a header's value is what the document says. */
  headerComplaint(name: string, value: string, reference: string): string | undefined {
    const pointer = reference.slice(1);
    const { schema } = this.#at(pointer) as unknown as DescribedHeader;
    const type = (this.#at(this.#resolved(`${pointer}/schema`)) as Json).type ?? schema.type;
    return this.#invalid(`${pointer}/schema`, type === 'integer' ? Number(value) : value, name);
  }

  isRequired(reference: string): boolean {
    return (this.#at(reference.slice(1)) as unknown as DescribedHeader).required === true;
  }

  /** The response of a status that the operation does not have, or where there is no operation. */
  #general(status: number, otherwise: DescribedResponse): DescribedResponse {
    const byStatus: Readonly<Record<number, string>> = {
      400: 'BadRequest',
      401: 'Unauthorized',
      403: 'Forbidden',
      429: 'TooManyRequests',
    };
    const name = byStatus[status];
    return name === undefined ? otherwise : (this.#at(`/components/responses/${name}`) as DescribedResponse);
  }

  #bodyComplaint(
    { status, headers, body }: WireAnswer,
    pointer: string,
    { content = {} }: DescribedResponse,
    method: string,
  ): string | undefined {
    const [mediaType] = Object.keys(content);
    if (mediaType === undefined || method === 'HEAD') {
      return body.byteLength === 0 ? undefined : `${status} has a body`;
    }
    const type = headers['content-type'] ?? '';
    if (type.split(';')[0] !== mediaType) return `${status} is ${type}, not ${mediaType}`;
    if (mediaType === 'text/event-stream') return undefined;
    const text = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    const json = parsed(text.toString());
    if (json === undefined) return `${status} has a body that is no JSON`;
    if (status >= 400 && (json as Json).status !== status) return `${status} says it is another`;
    return this.#invalid(`${pointer}/content/${mediaType.replaceAll('/', '~1')}/schema`, json, 'the body');
  }

  #invalid(pointer: string, value: unknown, what: string): string | undefined {
    let validate = this.#validators.get(pointer);
    if (validate === undefined) {
      validate = this.#ajv.compile({ $ref: `document#${encodeURI(pointer)}` });
      this.#validators.set(pointer, validate);
    }
    return validate(value) ? undefined : `${what}: ${this.#ajv.errorsText(validate.errors)}`;
  }

  #at(pointer: string): unknown {
    const keys = pointer
      .slice(1)
      .split('/')
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    return keys.reduce<unknown>((json, key) => (json as Json | undefined)?.[key], this.#document);
  }

  /** Where a reference leads; the pointer itself where there is none. */
  #resolved(pointer: string): string {
    const { $ref } = this.#at(pointer) as { $ref?: string };
    return $ref?.slice(1) ?? pointer;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function headersComplaint(
  given: WireAnswer['headers'],
  { headers = {} }: DescribedResponse,
  description: Description,
): string | undefined {
  const described = new Map(Object.entries(headers).map(([name, { $ref }]) => [name.toLowerCase(), $ref]));
  for (const [name, reference] of described) {
    const value = given[name];
    if (value === undefined && description.isRequired(reference)) return `${name} is missing`;
    const complaint = value === undefined ? undefined : description.headerComplaint(name, value, reference);
    if (complaint !== undefined) return complaint;
  }
  const undescribed = Object.keys(given).find((name) => OURS.test(name) && !described.has(name));
  return undescribed === undefined ? undefined : `${undescribed} is not described`;
}

/** The same document in which objects with members have no others. */
function withoutOthers(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(withoutOthers);
  const changed = Object.fromEntries(Object.entries(json).map(([key, part]) => [key, withoutOthers(part)]));
  const isObject = changed.type === 'object' && 'properties' in changed;
  return isObject && changed.additionalProperties === undefined
    ? { ...changed, additionalProperties: false }
    : changed;
}
