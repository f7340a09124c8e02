import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';
import { failureReason } from '../../failure-reason.ts';
import type { Check } from '../check.ts';
import { ok, problem, skipped } from '../finding.ts';
import { variable } from '../patient.ts';
import { hostOf, reach } from '../reach.ts';

const WEBHOOK_URL = 'TACHO_WEBHOOK_URL';

const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv4');
PRIVATE.addAddress('::1', 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

/** Whether a webhook's address is taken, and can be reached. It is sent nothing: that would be a message. */
export const webhook: Check = {
  id: 'webhook',
  group: 'alerts',
  async examine(patient, signal) {
    const text = variable(patient, WEBHOOK_URL);
    if (text === undefined) return [skipped('the environment has no webhook')];
    const url = URL.parse(text);
    const { warnings } = patient.environment.checkVariables(patient.environment.variables);
    if (url === null || warnings.some((told) => /^TACHO_WEBHOOK_/.test(told)))
      return [skipped('no webhook is called: see "variables"')];
    try {
      const addresses = await lookup(hostOf(url), { all: true });
      if (addresses.some(({ address }) => PRIVATE.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')))
        return [
          problem(
            `${WEBHOOK_URL} leads to a private address, and is refused`,
            'Give it in the option alerts.webhooks with allowPrivate: true, if it is meant; else name a public host.',
          ),
        ];
      (await reach({ host: hostOf(url), port: Number(url.port) || 443, isTls: true }, signal)).destroy();
      return [ok("the webhook's host can be reached over TLS")];
    } catch (error) {
      signal.throwIfAborted();
      return [
        problem(
          `the host of ${WEBHOOK_URL} can't be reached: ${failureReason(error)}`,
          `Correct ${WEBHOOK_URL}, or let the firewall pass it.`,
        ),
      ];
    }
  },
};
