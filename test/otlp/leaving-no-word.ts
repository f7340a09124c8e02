import { expect, it } from '@jest/globals';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { startReceiver } from '../receiver/start-receiver.ts';
import { startService } from '../service.ts';

/** That a request that nobody answered leaves no word of its path, however spans are made. */
export function leaveNoWord(modes: readonly ('lean' | 'standard')[]): void {
  it.each(modes)(
    'a request that nobody answered leaves no word of its path, in no span and no statistic: %s',
    async (http) => {
      const receiver = await startReceiver('answers');
      const service = await startService('test/history/canaries/service.ts', {
        env: { TACHO_HTTP: http, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
      });
      const connection = await Connection.open(service.ports.plain!);
      const continued = connection.continued();
      connection.write([
        request({ method: 'POST', target: '/stalls/zaphod', headers: ['Expect: 100-continue'] }),
      ]);
      await continued;
      await connection.leave();
      const answering = await Connection.open(service.ports.plain!);
      await answering.exchangeOne(request({ method: 'GET', target: '/people/ford' }));
      await answering.close();
      await service.ask('idle');

      expect(Object.keys(await service.admin.endpoints()).sort()).toEqual([
        'GET /people/ford',
        'POST /{name}/{name}',
      ]);
      await service.stop();
      const spans = receiver.spans();
      expect(spans.map(({ attributes }) => attributes['url.path']).sort()).toEqual([
        '/people/ford',
        '/{name}/{name}',
      ]);
      expect(JSON.stringify(spans)).not.toContain('zaphod');
    },
  );
}
