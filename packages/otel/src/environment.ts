/** Environment variables, handed in: only the composition root reads `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable's value without blanks around it; undefined when unset or empty, which OpenTelemetry treats alike. */
export function textOf(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === undefined || value === '' ? undefined : value;
}

/**
 * The variable as a whole number not below 0; undefined when unset or when it is none.
 * @param warn called when it is set to something else
 */
export function wholeNumberOf(
  environment: Environment,
  name: string,
  warn: (message: string) => void,
): number | undefined {
  const text = textOf(environment, name);
  if (text === undefined) return undefined;
  if (/^[0-9]{1,10}$/.test(text)) return Number(text);
  warn(`${name} is "${text.slice(0, 60)}"; allowed: a whole number from 0 to 9999999999. It is left out.`);
  return undefined;
}
