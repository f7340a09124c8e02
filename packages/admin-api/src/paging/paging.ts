import type { RangeParameters } from '@tacho/api-contract';
import type { Clock, PageOptions, Position, Window } from '@tacho/core';
import type { Context } from 'koa';
import { rangeOf } from '../range.ts';
import type { Cursors } from './cursors.ts';

/** What the query of a list says, checked and with its defaults. */
export interface PageParameters<TSort extends string> extends RangeParameters {
  sort: TSort;
  limit?: number;
  /** With it, only `limit` counts of the others. */
  cursor?: string;
}

/** A page that is asked for. */
export interface PageRequest<TSort extends string> {
  readonly resource: string;
  /** Of which time; the same for all pages. */
  readonly range: RangeParameters & { readonly from: number };
  readonly options: PageOptions<TSort>;
}

export interface Paging {
  /** @throws HttpProblem 400 or 410 where the cursor is not, or no longer, one of this resource */
  pageRequest<TSort extends string>(resource: string, given: PageParameters<TSort>): PageRequest<TSort>;
  /**
   * Says how to go on, in headers: `Tacho-Next-Cursor`, and `Link` with a reference relative to the URL that was
   * asked for, whatever prefix or proxy that came through. After the last page there is nothing to say.
   *
   * @param end of the page
   * @param window that the page is of
   */
  tellNext(
    ctx: Pick<Context, 'set'>,
    request: PageRequest<string>,
    end: Position | undefined,
    window: Pick<Window, 'endMs'>,
  ): void;
}

export function pagingWith(cursors: Cursors, clock: Pick<Clock, 'now'>): Paging {
  return {
    pageRequest: <TSort extends string>(
      resource: string,
      { sort, limit, cursor, ...range }: PageParameters<TSort>,
    ): PageRequest<TSort> => {
      if (cursor === undefined) {
        const from = rangeOf(range, clock.now()).fromMs;
        return { resource, range: { ...range, from }, options: { sort, limit } };
      }
      const { fromMs, toMs, sort: sorted, after } = cursors.bookmarkOf(cursor, resource);
      return {
        resource,
        range: { hours: range.hours, from: fromMs, to: toMs },
        // Sealed under the resource's name, so one of its sorts.
        options: { sort: sorted as TSort, limit, after },
      };
    },

    tellNext: (ctx, { resource, range, options: { sort, limit } }, end, window) => {
      if (end === undefined) return;
      // Open ends are closed behind all that the page may have had: what is measured later would change the order.
      const toMs = range.to ?? Math.max(clock.now(), window.endMs, range.from) + 1;
      const cursor = cursors.cursorOf({ resource, fromMs: range.from, toMs, sort, after: end });
      ctx.set('Tacho-Next-Cursor', cursor);
      ctx.set('Link', `<?cursor=${cursor}${limit === undefined ? '' : `&limit=${limit}`}>; rel="next"`);
    },
  };
}
