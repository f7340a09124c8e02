import { type Command, Option } from 'commander';
import { AdminClient } from './admin-client.ts';
import { adminToken } from './admin-token.ts';
import { adminUrl } from './admin-url.ts';
import { usageError } from './command-error.ts';
import type { Environment } from './environment.ts';

/** Where a service is, and how it lets somebody in. */
export interface ServiceOptions {
  url?: string;
  tokenFile?: string;
}

/** Adds `--url` and `--token-file` to a command. */
export function withServiceOptions(command: Command): Command {
  return withTokenOptions(
    command.option(
      '--url <url>',
      'where the admin API is; else TACHO_ADMIN_HOST and TACHO_ADMIN_PORT say it',
    ),
  );
}

/** Adds `--token-file`; and `--token`, so that whoever tries it learns why not. */
export function withTokenOptions(command: Command): Command {
  const refused = new Option('--token [token]').hideHelp().preset('');
  return command
    .option('--token-file <file>', 'read the token there, - is stdin; else TACHO_ADMIN_TOKEN holds it')
    .addOption(
      refused.argParser(() => {
        throw usageError(
          '--token is refused, the process list shows it: use TACHO_ADMIN_TOKEN or --token-file',
        );
      }),
    );
}

/** @throws `CommandError` of usage */
export async function serviceClient(
  { url, tokenFile }: ServiceOptions,
  timeoutMs: number,
  environment: Environment,
): Promise<AdminClient> {
  const { fetch, clock } = environment;
  const token = await adminToken(tokenFile, environment);
  return new AdminClient({ url: adminUrl(url, environment), token, timeoutMs, fetch, clock });
}
