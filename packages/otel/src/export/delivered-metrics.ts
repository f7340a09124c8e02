import type { PushMetricExporter, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { MetricExportStatus } from '@tacho/core';
import type { Delivery } from './delivery.ts';

export type MetricExporter = Required<PushMetricExporter>;
type Done = Parameters<PushMetricExporter['export']>[1];

/**
 * Sends metrics by a delivery, one export at a time, and counts what becomes of each. The reader is told that all went
 * well: it can't help it, and would tell the application's error handler.
 */
export class DeliveredMetrics implements PushMetricExporter {
  readonly selectAggregation: MetricExporter['selectAggregation'];
  readonly selectAggregationTemporality: MetricExporter['selectAggregationTemporality'];
  readonly #delivery: Delivery<ResourceMetrics>;
  #sending: Promise<void> | undefined;
  #sent = 0;
  #failed = 0;

  constructor(exporter: MetricExporter, delivery: Delivery<ResourceMetrics>) {
    this.selectAggregation = exporter.selectAggregation.bind(exporter);
    this.selectAggregationTemporality = exporter.selectAggregationTemporality.bind(exporter);
    this.#delivery = delivery;
  }

  get status(): MetricExportStatus {
    return { sent: this.#sent, failed: this.#failed };
  }

  /** Why the last try to send came to nothing; undefined where it did not. */
  get trouble(): string | undefined {
    return this.#delivery.lastFailure?.text;
  }

  export(metrics: ResourceMetrics, done: Done): void {
    // Else the reader has given up waiting for the last one, and goes on while that is under way.
    if (this.#sending === undefined) this.#sending = this.#deliver(metrics);
    else this.#failed++;
    void this.#sending.then(() => done({ code: 0 }));
  }

  async forceFlush(): Promise<void> {
    await this.#sending;
  }

  async shutdown(): Promise<void> {
    this.#delivery.stop();
    await this.#sending;
  }

  /** Never rejects. */
  async #deliver(metrics: ResourceMetrics): Promise<void> {
    const outcome = await this.#delivery.deliver(metrics).catch(() => 'failed');
    this.#sending = undefined;
    if (outcome === 'sent') this.#sent++;
    else this.#failed++;
  }
}
