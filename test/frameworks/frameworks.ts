import { HTTP, KOA, type Routes } from './endpoints.ts';

export interface Framework {
  /** Its application is `apps/<name>.ts`. */
  readonly name: string;
  readonly label: string;
  /** What its users call the routes of that application. */
  readonly routes: Routes;
  /** The folder whose `node_modules` has the framework, where that is not the root. */
  readonly home?: string;
  /** Whether it is tried in bundles too. */
  readonly bundled?: boolean;
}

export const FRAMEWORKS: readonly Framework[] = [
  { name: 'koa', label: 'Koa', routes: KOA, bundled: true },
  { name: 'http', label: 'node:http', routes: HTTP, bundled: true },
];
