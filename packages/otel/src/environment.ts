/** Environment variables, handed in: only the composition root reads `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable's value without blanks around it; undefined when unset or empty, which OpenTelemetry treats alike. */
export function textOf(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === undefined || value === '' ? undefined : value;
}

/** The variable as a whole number not below 0; undefined when unset or when it is none. */
export function wholeNumberOf(environment: Environment, name: string): number | undefined {
  const text = textOf(environment, name);
  return text !== undefined && /^[0-9]{1,10}$/.test(text) ? Number(text) : undefined;
}
