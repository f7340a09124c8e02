import type { AdminApi } from '../admin-api.ts';

/** The export's part in the health answer, as far as these tests read it. */
export interface ExportFigures {
  readonly state: string;
  readonly spans: SpanFigures;
  readonly metrics: { readonly sent: number; readonly failed: number };
}

export interface SpanFigures {
  readonly produced: number;
  readonly sent: number;
  readonly queued: number;
  readonly dropped: number;
  readonly dropped_because: Readonly<Record<string, number>> & { readonly refused: number };
}

export async function exportHealth(admin: AdminApi): Promise<ExportFigures> {
  const health = (await (await admin.get('health')).json()) as { export: ExportFigures };
  return health.export;
}

export function isExact({ produced, sent, queued, dropped, dropped_because: because }: SpanFigures): boolean {
  const reasons = Object.values(because).reduce((sum, count) => sum + count);
  return produced === sent + queued + dropped && dropped === reasons;
}
