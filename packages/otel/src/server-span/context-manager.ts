import type { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { callInContext, type Method } from '@tacho/http';
import { harmlessly } from '../harmlessly.ts';

/** OpenTelemetry's context manager over a storage that the HTTP layer's hooks run requests in as well. */
export class SharedContextManager extends AsyncLocalStorageContextManager {
  readonly #contexts: AsyncLocalStorage<object>;

  constructor(contexts: AsyncLocalStorage<object>) {
    super();
    this.#contexts = contexts;
  }

  override active(): Context {
    try {
      return (this.#contexts.getStore() as Context | undefined) ?? ROOT_CONTEXT;
    } catch {
      return ROOT_CONTEXT;
    }
  }

  override with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return callInContext(this.#contexts, context, fn as unknown as Method, thisArg, args) as ReturnType<F>;
  }

  override disable(): this {
    harmlessly(() => this.#contexts.disable());
    return this;
  }

  override attach(context: Context): ReturnType<AsyncLocalStorageContextManager['attach']> {
    const before = this.active();
    harmlessly(() => this.#contexts.enterWith(context));
    let isDisposed = false;
    return {
      dispose: () => {
        if (!isDisposed) harmlessly(() => this.#contexts.enterWith(before));
        isDisposed = true;
      },
    };
  }
}
