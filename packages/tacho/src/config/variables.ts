/** Environment variables, handed in. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** The variable's text without blanks around it; undefined when unset, or empty, which is the same. */
export function textOf(variables: EnvironmentVariables, name: string): string | undefined {
  const text = Object.hasOwn(variables, name) ? variables[name]?.trim() : undefined;
  return text === '' ? undefined : text;
}

/** `true` and `1` are true, `false` and `0` false, in any letter case; undefined for everything else. */
export function flagOf(variables: EnvironmentVariables, name: string): boolean | undefined {
  const text = textOf(variables, name) ?? '';
  if (/^(true|1)$/i.test(text)) return true;
  return /^(false|0)$/i.test(text) ? false : undefined;
}

/** What stands between commas, each once. */
export function partsOf(variables: EnvironmentVariables, name: string): readonly string[] {
  const parts = textOf(variables, name)?.split(',') ?? [];
  return [...new Set(parts.map((part) => part.trim()))].filter((part) => part !== '');
}
