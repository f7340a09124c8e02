import type { Middleware } from 'koa';
import { visitOf } from './door/visit.ts';
import { HttpProblem } from './http-problem.ts';
import { METHOD_NOT_ALLOWED, NOT_FOUND } from './refusals.ts';

/** A request target (RFC 9112, section 3.2) that names a resource here. */
export interface Target {
  /** Begins with a slash; percent-encoded as it came. */
  path: string;
  /** Without the question mark; percent-encoded as it came. */
  query: string;
}

/** `http://host` and what follows it. */
const ABSOLUTE_FORM = /^https?:\/\/([^/?]*)(.*)$/i;

/**
 * What a URI may hold after the authority (RFC 3986, sections 3.3 and 3.4), and the braces of our own route
 * templates, which people copy as they see them.
 */
const PATH = /^\/[\w\-.~!$&'()*+,;=:@%/{}]*$/;
const QUERY = /^[\w\-.~!$&'()*+,;=:@%/?{}[\]]*$/;

/**
 * Reads a target in origin form or absolute form.
 * @returns undefined where it is malformed, or has percent-encoding that is no UTF-8
 */
export function parseTarget(target: string): Target | undefined {
  const origin = originForm(target);
  if (origin === undefined) return undefined;
  const questionMark = origin.indexOf('?');
  const path = questionMark < 0 ? origin : origin.slice(0, questionMark);
  const query = questionMark < 0 ? '' : origin.slice(questionMark + 1);
  const wellFormed = PATH.test(path) && QUERY.test(query) && isDecodable(path) && isDecodable(query);
  return wellFormed ? { path, query } : undefined;
}

function originForm(target: string): string | undefined {
  const [, authority, rest] = ABSOLUTE_FORM.exec(target) ?? [];
  if (authority === undefined || rest === undefined) return target;
  if (authority.includes('@') || !URL.canParse(`http://${authority}/`)) return undefined;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Lets only well-formed targets pass, in origin form and without the prefix: what is inside parses the URL again, by
 * rules under which `http://` has no path at all.
 */
export function requestTarget(): Middleware {
  return async (ctx, next) => {
    const given = ctx.url;
    if (given === '*') throw METHOD_NOT_ALLOWED;
    const target = parseTarget(given);
    if (target === undefined) throw malformedTarget();
    const { prefix } = visitOf(ctx.req);
    if (!target.path.startsWith(`${prefix}/`)) throw NOT_FOUND;
    const path = target.path.slice(prefix.length);
    ctx.url = target.query === '' ? path : `${path}?${target.query}`;
    try {
      await next();
    } finally {
      // In a server of the application's, others look at it when the answer has gone.
      ctx.url = given;
    }
  };
}

function malformedTarget(): HttpProblem {
  return new HttpProblem({
    status: 400,
    code: 'malformed_request',
    detail:
      'The request target is no well-formed URL; what is special in one has to be percent-encoded as UTF-8.',
  });
}
