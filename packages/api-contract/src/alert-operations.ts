import * as v from 'valibot';
import { AlertsSchema, AlertTestSchema } from './alerts.ts';
import type { Operation } from './operation.ts';
import { noQuery } from './query.ts';
import { SilenceSchema, silenceBody } from './silences.ts';

const NoContent = v.undefined();

/** What is asked of alerts, and what changes something about them. */
export const ALERT_OPERATIONS = {
  listAlerts: {
    method: 'GET',
    path: '/alerts',
    summary:
      'What fires or is about to, what has resolved, silences, rules and notifiers. Viewers are told of nobody who it was.',
    access: 'viewer',
    readsHistory: false,
    query: noQuery,
    status: 200,
    mediaType: 'application/json',
    answer: AlertsSchema,
  },
  addSilence: {
    method: 'POST',
    path: '/alerts/silences',
    summary: 'Keeps alerts from being told for a while: those that everything given fits.',
    access: 'admin',
    readsHistory: false,
    query: noQuery,
    body: silenceBody,
    status: 201,
    mediaType: 'application/json',
    answer: SilenceSchema,
  },
  removeSilence: {
    method: 'DELETE',
    path: '/alerts/silences/{id}',
    summary: 'Ends a silence before its time.',
    access: 'admin',
    readsHistory: false,
    query: noQuery,
    status: 204,
    mediaType: undefined,
    answer: NoContent,
  },
  testAlerts: {
    method: 'POST',
    path: '/alerts/test',
    summary:
      'Sends a test message by every notifier, and says what became of each. Three times a minute at most.',
    access: 'admin',
    readsHistory: false,
    query: noQuery,
    status: 200,
    mediaType: 'application/json',
    answer: AlertTestSchema,
  },
} as const satisfies Record<string, Operation>;
