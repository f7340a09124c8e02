/** What is told to whoever runs the service, a line at a time. None throws, nor needs a `this`. */
export interface TelemetryNotices {
  /** For what is as it should be, and good to know. */
  readonly info: (text: string) => void;
  /** For what is said once, such as a variable that can't be used. */
  readonly warn: (text: string) => void;
  /**
   * For what may happen again and again.
   * @param kind a short fixed name
   */
  readonly warnRarely: (kind: string, text: string) => void;
}

/** The same, saying each warning once: a variable that concerns two signals is read for each. */
export function withoutRepeats({ warn, ...others }: TelemetryNotices): TelemetryNotices {
  const said = new Set<string>();
  return {
    ...others,
    warn: (text) => {
      if (said.has(text)) return;
      said.add(text);
      warn(text);
    },
  };
}
