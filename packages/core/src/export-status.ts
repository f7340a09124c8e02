/** Why a span that was to be exported never will be. */
export type SpanDropReason = 'queueFull' | 'refused' | 'timedOut' | 'failed' | 'shutDown';

/** What became of spans that were to be exported. At every moment `produced` is `sent + queued + dropped`. */
export interface SpanQueueStatus {
  /** Spans that have ended and were to be exported. */
  readonly produced: number;
  /** The backend has taken them. */
  readonly sent: number;
  /** They wait, or are under way. */
  readonly queued: number;
  readonly dropped: number;
  /** The same, by reason. */
  readonly droppedBecause: Readonly<Record<SpanDropReason, number>>;
}

/** Exports of metrics: each is of all metrics at one moment. */
export interface MetricExportStatus {
  readonly sent: number;
  readonly failed: number;
}

export interface SpanExportStatus extends SpanQueueStatus {
  /** Not among the produced: spans let go for want of room before it was known whether their request is exported. */
  readonly notHeld: number;
}

export interface ExportStatus {
  /** Undefined where no spans are exported. */
  readonly spans: SpanExportStatus | undefined;
  /** Undefined where no metrics are. */
  readonly metrics: MetricExportStatus | undefined;
  /** Why the last try came to nothing; undefined where it did not. */
  readonly trouble: string | undefined;
}
