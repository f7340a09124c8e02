import type { AccessLogVerification } from '@tacho/api-contract';
import type { Journal, JournalKey } from '@tacho/store';
import type { AccessLog } from '../access-log/access-log.ts';
import {
  accessLogReport,
  accessLogVerificationReport,
  readAccessLogPage,
} from '../access-log/access-log-report.ts';
import type { Paging } from '../paging/paging.ts';
import { readable } from '../past.ts';
import type { Handler } from './handler.ts';

export interface AccessLogRoute {
  readonly journal: Pick<Journal, 'read' | 'verify'>;
  readonly accessLog: Pick<AccessLog, 'flush'>;
}

const RESOURCE = 'access-log';

/** All that was asked before this is in it. */
export function listAccesses({
  journal,
  accessLog,
  paging,
}: AccessLogRoute & { paging: Paging }): Handler<'listAccesses'> {
  return async ({ ctx, query }) => {
    const request = paging.pageRequest(RESOURCE, { ...query, sort: 'timestamp' });
    const { range, options } = request;
    await accessLog.flush();
    const page = await readable(async () =>
      readAccessLogPage(journal, {
        fromMs: range.from,
        toMs: range.to ?? Number.POSITIVE_INFINITY,
        limit: query.limit,
        before: options.after && keyOf(options.after),
      }),
    );
    const end = page.next && {
      value: page.next.timestampMs,
      name: `${page.next.sequence} ${page.next.writer}`,
    };
    paging.tellNext(ctx, request, end, { endMs: page.entries[0]?.timestampMs ?? 0 });
    return accessLogReport(page);
  };
}

/** Of the cursors that `listAccesses` gives. */
function keyOf({ value, name }: { value: number | null; name: string }): JournalKey {
  const space = name.indexOf(' ');
  return { timestampMs: value ?? 0, writer: name.slice(space + 1), sequence: Number(name.slice(0, space)) };
}

/** It takes its time: those who ask meanwhile are told the same. */
export function verifyAccessLog({ journal, accessLog }: AccessLogRoute): Handler<'verifyAccessLog'> {
  const running = new Map<string, Promise<AccessLogVerification>>();
  const verify = async (head: string | undefined): Promise<AccessLogVerification> => {
    await accessLog.flush();
    const found = await readable(async () => journal.verify(head === undefined ? {} : { head }));
    return accessLogVerificationReport(found);
  };
  return ({ query: { head } }) => {
    const key = head ?? '';
    const found = running.get(key) ?? verify(head).finally(() => running.delete(key));
    running.set(key, found);
    return found;
  };
}
