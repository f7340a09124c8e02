/** What is taken out of spans before they are exported; `span-privacy.ts` takes it out. */
export interface Privacy {
  /** `template` makes `/users/{id}` of the paths of URLs. */
  readonly path: 'template' | 'full';
  readonly query: 'drop' | 'keep';
  /**
   * Values of headers and what is read out of them: the user agent, the host asked for, the trace state. Or the names
   * of those that are kept, in small letters.
   */
  readonly headers: 'drop' | 'keep' | readonly string[];
  readonly clientAddress: 'truncate' | 'full';
  /** The messages of errors. Their types, and where they were thrown, stay. */
  readonly errorText: 'drop' | 'keep';
}
