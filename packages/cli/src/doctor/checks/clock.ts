import { MINUTE_MS, SECOND_MS } from '@tacho/core';
import { duration } from '../../figures.ts';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, warning } from '../finding.ts';
import type { Service } from '../service.ts';

const LEAST_DIFFERENCE_MS = 5 * SECOND_MS;
const REMEDY =
  'Let NTP set the clocks of both machines: "timedatectl set-ntp true", and look with "timedatectl".';

/** Whether the service's clock is ours, and has not been set back under what it stores. */
export const clock: Check = {
  id: 'clock',
  group: 'service',
  async examine({ service }) {
    const { process, store } = await service.health();
    const nowMs = Date.parse(process.now);
    const findings: Finding[] = [];
    const aheadMs = await secondsAhead(service, nowMs);
    if (Math.abs(aheadMs) > LEAST_DIFFERENCE_MS) {
      const by = duration(Math.abs(aheadMs) / 1000);
      findings.push(
        problem(`the service's clock is ${by} ${aheadMs > 0 ? 'ahead of' : 'behind'} ours`, REMEDY),
      );
    }
    if (store.newest !== null && Date.parse(store.newest) > nowMs + 2 * MINUTE_MS)
      findings.push(
        warning(
          `the store has what was measured until ${store.newest}, which is yet to come by the service's clock`,
          `${REMEDY} What lies in the future counts once its time has come.`,
        ),
      );
    if (Date.parse(process.started) > nowMs)
      findings.push(warning("the service's clock was set back since it started", REMEDY));
    return findings.length > 0 ? findings : [ok('the clocks agree')];
  },
};

/** How far it is ahead, by no more than is certain: the answer was made at some moment while we waited. */
async function secondsAhead(service: Service, nowMs: number): Promise<number> {
  const { askedMs, answeredMs } = await service.answer('/health');
  if (nowMs > answeredMs) return nowMs - answeredMs;
  return nowMs < askedMs ? nowMs - askedMs : 0;
}
