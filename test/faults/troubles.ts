const troubles: string[] = [];

process.on('uncaughtException', (error: unknown) => troubles.push(`uncaught: ${described(error)}`));
process.on('unhandledRejection', (error: unknown) => troubles.push(`unhandled: ${described(error)}`));

export function note(trouble: string): void {
  troubles.push(trouble);
}

/** What went wrong since the last call. */
export function takeTroubles(): string[] {
  return troubles.splice(0);
}

function described(error: unknown): string {
  return error instanceof Error
    ? (error.stack ?? error.message).split('\n').slice(0, 8).join(' <')
    : String(error);
}
