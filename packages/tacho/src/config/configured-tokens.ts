import type { Role } from '@tacho/admin-api';
import type { AdminApiOptions, TokenOptions } from './admin-api-options.ts';
import type { EnvironmentSettings } from './environment.ts';
import type { MonitoringOptions } from './options.ts';
import { isWeak } from './token-rules.ts';

export interface ConfiguredToken {
  /** The token, or its digest. */
  readonly text: string;
  readonly name: string;
  readonly role: Role;
  /** Where it was found, which says nothing of what it is: `adminApi.tokens[0]`. */
  readonly where: string;
}

/** Those of the option, or else those of the environment: an administrator's first. */
export function configuredTokens(
  options: AdminApiOptions | undefined,
  { adminTokens = [], viewerTokens = [] }: EnvironmentSettings,
): readonly ConfiguredToken[] {
  const given: readonly (TokenOptions & { where: string })[] = options?.tokens?.map((token, index) => {
    const fields: TokenOptions = typeof token === 'string' ? { token } : token;
    return { ...fields, where: `adminApi.tokens[${index}]` };
  }) ?? [
    ...adminTokens.map((token) => ({ token, role: 'admin' as const, where: 'TACHO_ADMIN_TOKEN' })),
    ...viewerTokens.map((token) => ({ token, role: 'viewer' as const, where: 'TACHO_VIEWER_TOKEN' })),
  ];
  return given.map(({ token, name, role, where }, index) => ({
    text: token,
    name: name ?? `token ${index + 1}`,
    role: role ?? 'admin',
    where,
  }));
}

/** One line about the tokens that are taken and are easily guessed; none where there is none. */
export function weakTokens(
  { adminApi }: MonitoringOptions,
  environment: EnvironmentSettings,
): readonly string[] {
  if (adminApi === false) return [];
  const weak = configuredTokens(adminApi, environment).filter(({ text }) => isWeak(text));
  if (weak.length === 0) return [];
  const named = weak.map(({ where, name }) => `${where} ("${name}")`).join(', ');
  return [
    `these tokens have less than 16 characters, and may be guessed: ${named}; openssl rand -base64 24 makes a better one`,
  ];
}
