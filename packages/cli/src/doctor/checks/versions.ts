import type { Check } from '../check.ts';
import { ok, warning } from '../finding.ts';

export const versions: Check = {
  id: 'versions',
  group: 'service',
  async examine({ service, environment: { version } }) {
    const { process } = await service.health();
    if (process.version === version) return [ok(`the service and this command are tacho ${version}`)];
    return [
      warning(
        `the service is tacho ${process.version}, this command ${version}`,
        `npm install tacho@${version}, where the older one is, and restart the service.`,
      ),
    ];
  },
};
