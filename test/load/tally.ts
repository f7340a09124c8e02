/** What a client knows of one endpoint, in the terms of the endpoints report. */
export interface EndpointTally {
  count: number;
  errors: number;
  client_errors: number;
  server_errors: number;
  aborted: number;
  streamed: number;
}

/** The client's own books: what it asked for, and what it got. */
export class Tally {
  readonly endpoints = new Map<string, EndpointTally>();

  completed(endpoint: string, status: number): void {
    const tally = this.#of(endpoint);
    tally.count++;
    if (status >= 400) tally.errors++;
    if (status >= 500) tally.server_errors++;
    else if (status >= 400) tally.client_errors++;
  }

  aborted(endpoint: string): void {
    this.#of(endpoint).aborted++;
  }

  streamed(endpoint: string): void {
    this.#of(endpoint).streamed++;
  }

  get total(): number {
    return sum(this.endpoints.values());
  }

  #of(endpoint: string): EndpointTally {
    const known = this.endpoints.get(endpoint);
    if (known !== undefined) return known;
    const tally = { count: 0, errors: 0, client_errors: 0, server_errors: 0, aborted: 0, streamed: 0 };
    this.endpoints.set(endpoint, tally);
    return tally;
  }
}

function sum(tallies: Iterable<EndpointTally>): number {
  let total = 0;
  for (const { count, aborted, streamed } of tallies) total += count + aborted + streamed;
  return total;
}
