import type { AdminApi } from '../admin-api.ts';
import { ADMIN_ENVIRONMENT, type Service, type ServiceOptions, startService } from '../service.ts';

/** What `/health` says that these tests read. */
export interface StoreHealth {
  readonly state: 'ok' | 'degraded';
  readonly reason: { readonly code: string; readonly text: string } | null;
  readonly rows: number;
  readonly waiting_rows: number;
  readonly encryption: string;
}

/** A small service whose history is kept in a file. */
export function startOn(
  file: string,
  options: Omit<ServiceOptions, 'monitored'> = {},
  program = 'test/services/users.ts',
): Promise<Service> {
  return startService(program, {
    ...options,
    env: { ...ADMIN_ENVIRONMENT, TACHO_STORE: file, ...options.env },
  });
}

export async function storeHealth(admin: AdminApi): Promise<StoreHealth> {
  return ((await (await admin.get('health')).json()) as { store: StoreHealth }).store;
}

export async function totalRequests(admin: AdminApi): Promise<number> {
  return (await admin.summary()).total_requests;
}

/** What tacho had to say about its store, a line each. */
export function storeLines({ child }: Service): string[] {
  return child.stderr.split('\n').filter((line) => line.startsWith('tacho: the store '));
}
