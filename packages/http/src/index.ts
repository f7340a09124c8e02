export { Exchange, exchangeOf } from './exchange.ts';
export { DEFAULT_IGNORED_PATHS, Exclusions } from './excluded.ts';
export { ExchangeRecorder } from './observe.ts';
export { type Method, patchMethod } from './patch-method.ts';
export type { RequestTrace } from './request-trace.ts';
export type { RequestTracing, Tracing } from './request-tracing.ts';
export { ServerHooks, type ServerHooksOptions } from './server-hooks.ts';
export { showsPath } from './shows-path.ts';
export { UrlTemplates } from './url-templates.ts';
