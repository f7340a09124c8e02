/** How far the review of a period has come, for all processes of a store. */
export interface ReportState {
  /** When the period ended: epoch milliseconds. */
  readonly toMs: number;
  /**
   * `trying`: a process is at it. `failed`: it was not sent, and is to be tried again. `done`: it was sent, or is not
   * to be.
   */
  readonly stage: 'trying' | 'failed' | 'done';
  /** Since when: epoch milliseconds. */
  readonly atMs: number;
  readonly attempts: number;
  /** Of the mail: the same for every attempt. Empty where there is none. */
  readonly id: string;
  /** Who wrote this, so that no two processes write the same. */
  readonly writer: string;
}

export function encodeReportState({ toMs, stage, atMs, attempts, id, writer }: ReportState): string {
  return JSON.stringify([toMs, stage, atMs, attempts, id, writer]);
}

/** @returns undefined for what is none */
export function decodeReportState(text: string | undefined): ReportState | undefined {
  if (text === undefined) return undefined;
  try {
    const [toMs, stage, atMs, attempts, id, writer] = JSON.parse(text) as unknown[];
    const isStage = stage === 'trying' || stage === 'failed' || stage === 'done';
    if (!isNumber(toMs) || !isStage || !isNumber(atMs) || !isNumber(attempts)) return undefined;
    if (typeof id !== 'string' || typeof writer !== 'string') return undefined;
    return { toMs, stage, atMs, attempts, id, writer };
  } catch {
    return undefined;
  }
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
