import { SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { OVERFLOW_ROUTE } from '@tacho/core';
import { showsPath, UrlTemplates } from '@tacho/http';
import { COUNTED_ROUTE, type SpanOfRequest } from '../span-outcome.ts';
import type { Privacy } from './privacy.ts';

/** Where so much has been learned that no more is. */
const ANY_PATH = '/{...}';

/** Takes out of URLs what may be somebody's. */
export class UrlPrivacy {
  readonly #privacy: Privacy;
  /** Apart, so that whoever sends requests can use up the room of these alone. */
  readonly #incoming = new UrlTemplates();
  readonly #outgoing = new UrlTemplates();

  constructor(privacy: Privacy) {
    this.#privacy = privacy;
  }

  /** @param span whose attribute the path is */
  path(path: string, span: ReadableSpan): string {
    return this.#privacy.path === 'full' ? path : this.#templateOf(path, span);
  }

  /** @param url whole, or without its origin */
  url(url: string, span: ReadableSpan): string {
    const queryAt = url.search(/[?#]/);
    const bare = queryAt === -1 ? url : url.slice(0, queryAt);
    const query = queryAt === -1 || this.#privacy.query === 'drop' ? '' : url.slice(queryAt);
    const authorityAt = bare.indexOf('://') === -1 ? 0 : bare.indexOf('://') + 3;
    const slash = authorityAt === 0 ? 0 : bare.indexOf('/', authorityAt);
    const pathAt = slash === -1 ? bare.length : slash;
    const path = pathAt === bare.length ? '' : this.path(bare.slice(pathAt), span);
    return bare.slice(0, authorityAt) + withoutUserInfo(bare.slice(authorityAt, pathAt)) + path + query;
  }

  #templateOf(path: string, span: ReadableSpan & SpanOfRequest): string {
    const { [COUNTED_ROUTE]: counted, kind, attributes } = span;
    const route = attributes['http.route'];
    if (kind === SpanKind.SERVER && typeof route === 'string') return route;
    // The status does not say whether it was ever sent.
    if (counted !== undefined) return counted === OVERFLOW_ROUTE ? ANY_PATH : counted;
    const status = attributes['http.response.status_code'] ?? attributes['http.status_code'];
    const method = attributes['http.request.method'] ?? attributes['http.method'];
    const isShown = typeof status === 'number' && showsPath(String(method), status);
    const templates = kind === SpanKind.SERVER ? this.#incoming : this.#outgoing;
    return templates.learn(path, isShown) ?? ANY_PATH;
  }
}

function withoutUserInfo(authority: string): string {
  return authority.slice(authority.lastIndexOf('@') + 1);
}
