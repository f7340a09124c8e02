/** A row that is not what was stored. Whoever meets one leaves it out and counts it. */
export class DamagedRow extends Error {
  readonly id: number;

  constructor(id: number, cause: unknown) {
    super(`row ${id} is damaged`, { cause });
    this.name = 'DamagedRow';
    this.id = id;
  }
}

/** Whether the database itself failed, rather than what it gave being nonsense. */
export function isDatabaseError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
}
