import { expect } from '@jest/globals';
import type { OpenApiDocument } from '@tacho/api-contract';
import fc from 'fast-check';
import { Description } from './description.ts';
import { exchangeAll } from './exchange.ts';
import { complaintAbout } from './judge.ts';
import { anyRequest, type RawRequest } from './request.ts';
import { type Service, serviceForAnyRequest } from './service.ts';

const BATCH = 1_000;
const CONNECTIONS = 16;

export interface CampaignOptions {
  /** The same requests for the same seed. */
  readonly seed: number;
  /** Nobody waits longer for an answer. */
  readonly maxMs: number;
}

/** Sends any requests to an admin API of its own, and expects of each answer what the API's description promises. */
export class Campaign {
  /** How often each status came. */
  readonly statuses: Record<string, number> = {};
  slowestMs = 0;
  readonly #options: CampaignOptions;
  readonly #service: Service;
  readonly #description: Description;
  readonly #any: fc.Arbitrary<RawRequest>;
  readonly #troubles: unknown[];
  readonly #note = (error: unknown): void => void this.#troubles.push(error);
  #sent = 0;

  static async begin(options: CampaignOptions): Promise<Campaign> {
    const troubles: unknown[] = [];
    const service = await serviceForAnyRequest((trouble) => troubles.push(trouble));
    const document = (await (await service.served.get('/openapi.json')).json()) as OpenApiDocument;
    return new Campaign(options, service, new Description(document), troubles);
  }

  private constructor(
    options: CampaignOptions,
    service: Service,
    description: Description,
    troubles: unknown[],
  ) {
    this.#options = options;
    this.#service = service;
    this.#description = description;
    this.#troubles = troubles;
    this.#any = anyRequest(service.credentials, service.cursors);
    process.on('unhandledRejection', this.#note);
  }

  /** @param count in thousands */
  async send(count: number): Promise<void> {
    for (const end = this.#sent + count; this.#sent < end; this.#sent += BATCH) await this.#sendBatch();
    expect(this.#troubles).toEqual([]);
    expect((await this.#service.served.get('/summary')).status).toBe(200);
  }

  async #sendBatch(): Promise<void> {
    const { seed, maxMs } = this.#options;
    const batch = fc.sample(this.#any, { numRuns: BATCH, seed: seed + this.#sent });
    const exchanges = await exchangeAll(this.#service.served.port, batch, CONNECTIONS);
    const complaints = exchanges.map((exchange) => complaintAbout(exchange, this.#description));
    const slowest = exchanges.reduce((a, b) => (a.elapsedMs > b.elapsedMs ? a : b));
    if (slowest.elapsedMs >= maxMs) complaints.push(`${slowest.elapsedMs} ms: ${slowest.request.bytes}`);
    expect({ seed, complaint: complaints.find(Boolean) }).toEqual({ seed, complaint: undefined });
    expect(exchanges).toHaveLength(BATCH);
    for (const { status } of exchanges.flatMap(({ answers }) => answers)) {
      this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    }
    this.slowestMs = Math.max(this.slowestMs, slowest.elapsedMs);
  }

  /** How many came; to a request that is none, there may be none. */
  get answers(): number {
    return Object.values(this.statuses).reduce((sum, count) => sum + count, 0);
  }

  async end(): Promise<void> {
    process.off('unhandledRejection', this.#note);
    await this.#service.served.close();
  }
}
