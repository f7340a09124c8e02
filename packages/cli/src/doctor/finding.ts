/** How grave a finding is. `skipped`: it could not be looked at, and `found` says why. */
export type Status = 'ok' | 'warning' | 'problem' | 'skipped';

/** What a check has found. No text of it holds a secret. */
export interface Finding {
  readonly status: Status;
  /** A line: what there is. */
  readonly found: string;
  /** What to type or to change; of warnings and problems alone. */
  readonly remedy?: string;
}

export function ok(found: string): Finding {
  return { status: 'ok', found };
}

/** It works, and may not for long, or not as somebody thinks. */
export function warning(found: string, remedy: string): Finding {
  return { status: 'warning', found, remedy };
}

/** Something does not work, or stands open. */
export function problem(found: string, remedy: string): Finding {
  return { status: 'problem', found, remedy };
}

export function skipped(why: string): Finding {
  return { status: 'skipped', found: why };
}
