import type { AdminApi } from '../admin-api.ts';

/** Whether the process behind an API is the one that maintains the store, by its own word. */
export async function leads(admin: AdminApi): Promise<boolean> {
  const health = (await (await admin.get('health')).json()) as { store: { leader: boolean } };
  return health.store.leader;
}
