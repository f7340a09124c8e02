export { Exchange, type ExchangeEnd, exchangeOf } from './exchange.ts';
export { DEFAULT_IGNORED_PATHS, Exclusions } from './excluded.ts';
export { recordOfExchange } from './observe.ts';
export { ServerHooks, type ServerHooksOptions } from './server-hooks.ts';
export { showsPath } from './shows-path.ts';
export { UrlTemplates } from './url-templates.ts';
