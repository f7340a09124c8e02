import { systemMetricEntries } from '@tacho/core';
import { jsonArray } from '../answer/json-text.ts';
import type { RangeWindow } from '../range-window.ts';
import type { Handler } from './handler.ts';

export function listSystemMetrics(rangeWindow: RangeWindow): Handler<'listSystemMetrics'> {
  return async ({ ctx, query }) => {
    const { window } = await rangeWindow(ctx, query);
    return jsonArray(systemMetricEntries(window));
  };
}
