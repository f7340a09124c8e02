export type { CommandClock, Environment, Output } from './environment.ts';
export { EXIT_CODES } from './exit-codes.ts';
export { main } from './main.ts';
export type { RunOptions } from './run.ts';
export { run } from './run.ts';
