import type { AnswerOf, BodyOf, OPERATIONS, OperationName, QueryOf } from '@tacho/api-contract';
import type { Context } from 'koa';
import type { JsonText } from '../answer/json-text.ts';
import type { Identity } from '../identity/identity.ts';

/** What is asked, once it is known that it may be asked and that it is well put. */
export interface Question<TName extends OperationName> {
  readonly query: QueryOf<TName>;
  readonly body: BodyOf<TName>;
  /** Of the path: decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Undefined for a stranger. */
  readonly identity: Identity | undefined;
  /** To set headers of the answer. */
  readonly ctx: Context;
}

/** What is answered; a long list, as the JSON text that it becomes, in pieces. Streams of events answer by themselves. */
export type Report<TName extends OperationName> =
  (typeof OPERATIONS)[TName]['mediaType'] extends 'text/event-stream'
    ? undefined
    : AnswerOf<TName> | JsonText;

/** @throws HttpProblem */
export type Handler<TName extends OperationName> = (
  question: Question<TName>,
) => Report<TName> | Promise<Report<TName>>;

/** One for every operation. */
export type Handlers = { readonly [TName in OperationName]: Handler<TName> };
