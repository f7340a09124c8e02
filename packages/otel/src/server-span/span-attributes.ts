import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { AddAttributeDecision, maybeAddAttribute } from '@opentelemetry/core';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';
import type { SpanLimits } from '../span-limits.ts';
import { requestAttributes } from './request-attributes.ts';
import type { RequestFacts } from './request-facts.ts';

/** Of those that come from the request and its response. */
const ATTRIBUTES_AT_MOST = 15;

/** What the attributes are made from when the response has closed, and nobody has read or changed one before. */
export interface UntouchedAttributes {
  readonly facts: RequestFacts;
  readonly statusCode: number;
  readonly route: string | undefined;
}

/** The attributes of a server span: first those of the request, made when one is read or set, then whatever is set. */
export class SpanAttributes {
  readonly #facts: RequestFacts;
  readonly #limits: SpanLimits;
  #made: Attributes | undefined;
  #count = 0;
  #dropped = 0;
  #statusCode: number | undefined;
  #route: string | undefined;

  constructor(facts: RequestFacts, limits: SpanLimits) {
    this.#facts = facts;
    this.#limits = limits;
  }

  get all(): Attributes {
    return this.#made ?? this.#make();
  }

  /** How many there was no room for. */
  get dropped(): number {
    if (this.#made === undefined) this.#make();
    return this.#dropped;
  }

  /** Undefined where the request and its response are not all there is to the attributes. */
  get untouched(): UntouchedAttributes | undefined {
    const { attributeCountLimit, attributeValueLengthLimit } = this.#limits;
    const isLimited =
      attributeCountLimit < ATTRIBUTES_AT_MOST || attributeValueLengthLimit !== Number.POSITIVE_INFINITY;
    if (this.#made !== undefined || this.#statusCode === undefined || isLimited) return undefined;
    return { facts: this.#facts, statusCode: this.#statusCode, route: this.#route };
  }

  set(key: string, value: AttributeValue | undefined): void {
    const decision = maybeAddAttribute({
      key,
      value,
      attributes: this.all,
      limits: this.#limits,
      currentAttributesCount: this.#count,
    });
    if (decision === AddAttributeDecision.ADD_NEW) this.#count++;
    else if (decision === AddAttributeDecision.DROP_LIMIT_REACHED) this.#dropped++;
  }

  /** The response has closed. */
  respond(statusCode: number, route: string | undefined): void {
    this.#statusCode = statusCode;
    this.#route = route;
    if (this.#made !== undefined) this.#setResponse();
  }

  #make(): Attributes {
    const attributes: Attributes = {};
    this.#made = attributes;
    for (const [name, value] of Object.entries(requestAttributes(this.#facts))) this.set(name, value);
    this.#setResponse();
    return attributes;
  }

  #setResponse(): void {
    const statusCode = this.#statusCode;
    if (statusCode === undefined) return;
    this.set(ATTR_HTTP_RESPONSE_STATUS_CODE, statusCode);
    this.set(ATTR_HTTP_ROUTE, this.#route);
    if (statusCode >= 500 && statusCode < 600) this.set(ATTR_ERROR_TYPE, String(statusCode));
  }
}
