import { NOTHING_MOUNTED } from '@tacho/admin-api/mount';
import { Aggregator, DEFAULT_LIMITS, MINUTE_MS, type RequestRecord } from '@tacho/core';
import { Exclusions, ServerHooks } from '@tacho/http';
import { History, WindowWriter } from '@tacho/store';
import { openAdminApi } from './admin-listener.ts';
import { adminMounts } from './admin-mounts.ts';
import { openAlerts } from './alerts/alerts.ts';
import { applicationFolders } from './application-folders.ts';
import type { Config } from './config/config.ts';
import { Ending } from './ending.ts';
import { errorText } from './error-text.ts';
import { RequestLog } from './log/request-log.ts';
import type { Monitoring } from './monitoring.ts';
import { originOf } from './origin.ts';
import { openReports } from './reports/reports.ts';
import { runningProcess } from './running-process.ts';
import { loadSampler } from './sampler.ts';
import { sampleOnTheFives } from './sampling-loop.ts';
import type { Surroundings } from './set-up.ts';
import { handleSignals } from './signals.ts';
import { stderrIsTerminal, writeStderrLine } from './stderr-line.ts';
import { flushOnTheTens } from './store/flush-loop.ts';
import { takePartInMaintenance } from './store/maintenance.ts';
import { openStore } from './store/open-store.ts';
import { upToDate } from './store/up-to-date.ts';
import { startTelemetry } from './telemetry.ts';
import { guardUserHook } from './user-hook.ts';
import { within } from './within.ts';

/** How long a backend that does not answer may hold up a shutdown. */
const EXPORT_LIMIT_MS = 800;

/**
 * Builds the parts and joins them: requests are seen by the hooks, become records at their spans' end, are
 * counted in the live window, move to the store, and are answered by the admin API. Then sets it all going. Where a
 * part fails at that, what those before it have set going is ended again.
 */
export function start(config: Config, surroundings: Surroundings): Monitoring {
  const ending = new Ending();
  try {
    return assemble(config, surroundings, ending);
  } catch (error) {
    void ending.run();
    throw error;
  }
}

function assemble(config: Config, surroundings: Surroundings, ending: Ending): Monitoring {
  const { clock, environment, logger, notices, recent } = surroundings;
  const limits = { ...DEFAULT_LIMITS, maxEndpoints: config.maxEndpoints };

  const origin = originOf(config.serviceVersion, applicationFolders(process));
  const aggregator = new Aggregator({ limits, nowMs: clock.now(), origin });
  const running = runningProcess(config, clock.now());
  const requestLog = new RequestLog(logger, clock);
  ending.add(() => requestLog.stop());
  const record = (request: RequestRecord): void => {
    aggregator.record(request);
    requestLog.record(request);
  };

  const store = openStore(config, { clock, notices, limits, flush: () => writer.flush() });
  const { windows } = store;
  const writer = new WindowWriter({ aggregator, store: windows, writer: store.writer, clock });
  const history = new History({ store: windows, limits, unstored: () => writer.unstored() });
  ending.add(() => store.end(async () => void (await Promise.all([writer.flush(), admin.storeAccessLog()]))));

  const pseudonymOf = (user: string): string => store.pseudonymKeys.pseudonymOf(user);
  const telemetry = startTelemetry(config, {
    serviceName: config.serviceName,
    serviceVersion: config.serviceVersion,
    environment,
    privacy: config.privacy,
    diskPath: config.diskPath,
    instrumentations: config.instrumentations,
    packageFolders: () => applicationFolders(process),
    notices,
    record,
    pseudonymOf,
    otherSpan: () => aggregator.countNotMeasured('other spans'),
  });
  ending.add(() => within(EXPORT_LIMIT_MS, telemetry.shutdown()));
  const hooks = new ServerHooks({
    exclusions: new Exclusions(config.ignorePaths),
    userOf: guardUserHook(config.user, pseudonymOf, (message) => notices.warnRarely('user', message)),
    notMeasured: (kind) => aggregator.countNotMeasured(kind),
    onEnd: telemetry.exchangeEnded,
    now: clock.now,
    attach: telemetry.attach,
  });

  ending.add(() => hooks.uninstall());
  hooks.install();
  const notSampled = (what: string, error: unknown): void =>
    notices.warnRarely(`${what} sample`, `the ${what} could not be sampled: ${errorText(error)}`);
  const sampling = sampleOnTheFives({
    load: () => loadSampler({ clock, diskPath: config.diskPath, failed: notSampled }),
    clock,
    take: ({ host, runtime }) => {
      if (host !== undefined) aggregator.addSample(host);
      if (runtime !== undefined) aggregator.addRuntimeSample(runtime);
    },
    failed: (error) => notSampled('host', error),
  });
  ending.add(() => sampling.stop());
  ending.add(flushOnTheTens(clock, () => writer.flush()));
  ending.add(clock.every(MINUTE_MS, () => store.pseudonymKeys.refresh(clock.now())));
  const alerts = openAlerts({
    config: config.alerts,
    mail: config.mail,
    state: store.state,
    history,
    teller: { service: config.serviceName, host: origin.host },
    clock,
    logger,
    notices,
  });
  ending.add(() => alerts.end());
  const { evaluate: evaluateAlerts } = alerts;
  const reports = openReports({
    periods: config.reports,
    mail: config.mail,
    state: store.state,
    writer: store.writer,
    history,
    thresholds: config.thresholds,
    service: config.serviceName,
    clock,
    notices,
  });
  ending.add(() => reports.end());
  const { send: sendReports } = reports;
  const maintenance = takePartInMaintenance({
    store,
    plan: config.backup,
    evaluateAlerts,
    sendReports,
    clock,
    notices,
  });
  ending.add(() => maintenance.end());
  const admin = openAdminApi({
    config: config.adminApi,
    history: upToDate(history, { gather: store.gather, clock }),
    alerts: alerts.desk,
    health: () => {
      const { isLeader, leaderPid } = maintenance.leadership;
      return {
        store: windows.status(),
        isLeader,
        leaderPid,
        export: telemetry.exportStatus(),
        backups: config.backup,
        process: running,
        notices: recent.list(),
      };
    },
    claims: config.store.kind === 'file' ? { state: store.state, name: store.writer } : undefined,
    keyPeriods: () => store.pseudonymKeys.periods(),
    pseudonymOf,
    journal: store.journal,
    writer: store.writer,
    clock,
    notices,
    thresholds: config.thresholds,
    tellTerminal: stderrIsTerminal() && config.logger !== 'silent' ? writeStderrLine : undefined,
    hide: (server) => hooks.hide(server),
  });
  ending.add(() => admin.close());

  const flushNow = (): void => {
    writer.flushNow((rows) => store.appendNow(rows));
    void within(EXPORT_LIMIT_MS, telemetry.forceFlush());
  };
  const shutdown = (): Promise<void> => ending.run();
  ending.add(handleSignals(process, { flushNow, shutdown }));

  const { mountedAt } = admin;
  return {
    ...(mountedAt === undefined
      ? NOTHING_MOUNTED
      : adminMounts({ mountedAt, leaveOut: (request) => hooks.leaveOut(request) })),
    get adminApi() {
      return admin.url === undefined ? undefined : { url: admin.url };
    },
    shutdown,
  };
}
