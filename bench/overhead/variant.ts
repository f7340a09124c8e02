/** Where a variant can send its telemetry and keep its files. */
export interface Surroundings {
  /** The root URL of the receiver, without a slash at its end. */
  readonly receiver: string;
  readonly receiverPort: number;
  /** A folder that is removed after the cell. */
  readonly folder: string;
}

export type App = 'koa' | 'http';

/** One of them, or the same in another framework, which tacho alone is measured with. */
export type AnyApp = App | 'express' | 'express-4' | 'fastify' | 'hapi' | 'hono';

/** One way of measuring the app, or none. */
export interface Variant {
  readonly name: string;
  readonly label: string;
  /** What is loaded before the app, relative to `bench/overhead`. */
  readonly file: string;
  /** The folder under `peers/` that it is installed in. */
  readonly peers?: string;
  /** The apps that it can measure; without it, both. */
  readonly apps?: readonly App[];
  /** Every request's span should reach the receiver. */
  readonly exportsSpans?: true;
  readonly env?: (surroundings: Surroundings) => Readonly<Record<string, string>>;
}
