import { randomUUID } from 'node:crypto';

export interface Account {
  id: number;
  name: string;
  email: string;
  password: string;
  /** Shows whose a request is; made anew at each start. */
  token: string;
}

export const accounts: readonly Account[] = [
  { id: 1, name: 'Ada', email: 'ada@example.org', password: 'engine', token: randomUUID() },
  { id: 2, name: 'Grace', email: 'grace@example.org', password: 'harbour', token: randomUUID() },
  { id: 3, name: 'Edsger', email: 'edsger@example.org', password: 'path', token: randomUUID() },
];

/** The account with this address and password. */
export function accountWith(email: unknown, password: unknown): Account | undefined {
  return accounts.find((account) => account.email === email && account.password === password);
}

/** Whose token an `Authorization` header carries. */
export function accountOf(authorization: string | undefined): Account | undefined {
  return accounts.find(({ token }) => authorization === `Bearer ${token}`);
}
