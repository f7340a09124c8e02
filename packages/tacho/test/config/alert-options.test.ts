import { describe, expect, it } from '@jest/globals';
import { checkOptions } from '../../src/config/check-options.ts';
import { type Config, resolveConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { refusalOf } from './refusal.ts';

function alertsOf(alerts: unknown, options: object = {}): Config['alerts'] {
  return resolveConfig(checkOptions({ ...options, alerts }), readEnvironment({})).alerts;
}

function rulesOf(alerts: unknown, options?: object) {
  const config = alertsOf(alerts, options);
  return config === false ? [] : config.rules;
}

describe('option alerts', () => {
  it('is on, with the default rules and the log, unless it is false', () => {
    expect(alertsOf(undefined)).toMatchObject({ log: true, webhooks: [] });
    expect(rulesOf({}).map(({ name }) => name)).toEqual([
      'slow-requests',
      'error-rate',
      'endpoint-errors',
      'cpu',
      'memory',
      'disk',
      'degradation',
    ]);
    expect(alertsOf(false)).toBe(false);
    expect(alertsOf({ log: false })).toMatchObject({ log: false });
  });

  it('changes rules, adds rules, and makes rules of objectives', () => {
    const rules = rulesOf({
      rules: [
        { name: 'error-rate', threshold: 5, endpoint: undefined },
        { name: 'disk', enabled: false },
        { name: 'late', kind: 'latency', endpoint: 'GET /orders/:id', threshold: '300ms' },
      ],
      slos: [{ objective: 99.9 }],
    });
    expect(rules.find(({ name }) => name === 'error-rate')).toMatchObject({ overPercent: 5, scope: 'all' });
    expect(rules.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['late', 'slo-1h', 'slo-6h', 'slo-3d']),
    );
    expect(rules.map(({ name }) => name)).not.toContain('disk');
  });

  it('follows the critical thresholds of the host', () => {
    const rules = rulesOf({}, { thresholds: { cpuCritical: 75 } });
    expect(rules.find(({ name }) => name === 'cpu')).toMatchObject({ overPercent: 75 });
  });

  it.each<[alerts: unknown, message: string]>([
    [
      true,
      'option "alerts" is true; allowed: false, or an object with some of rules, rulesFile, slos, log, webhooks',
    ],
    [{ logs: true }, 'option "alerts.logs" is unknown; did you mean "alerts.log"?; allowed: '],
    [{ rules: {} }, 'option "alerts.rules" is an object; allowed: an array of at most 100 rules'],
    [{ rules: [{}] }, 'option "alerts.rules[0].name" is undefined; allowed: 1 to 48 small letters'],
    [{ rules: [{ name: 'A b' }] }, 'option "alerts.rules[0].name" is "A b"; allowed: 1 to 48 small letters'],
    [
      { rules: [{ name: 'cpu', treshold: 1 }] },
      '"alerts.rules[0].treshold" is unknown; did you mean "alerts.rules[0].threshold"?',
    ],
    [
      { rules: [{ name: 'cpu', kind: 'burn-rate' }] },
      'option "alerts.rules[0].kind" is "burn-rate"; allowed: "slow-request" or',
    ],
    [
      { rules: [{ name: 'cpu', window: '30s' }] },
      'option "alerts.rules[0].window" is "30s"; allowed: a duration such as "90s"',
    ],
    [
      { rules: [{ name: 'cpu', hold: '2 min' }] },
      'option "alerts.rules[0].hold" is "2 min"; allowed: a duration',
    ],
    [{ rules: [{ name: 'cpu', threshold: 101 }] }, 'option "alerts.rules[0].threshold" is 101; allowed: '],
    [
      { rules: [{ name: 'x', kind: 'error-rate', endpoint: '/x' }] },
      '"alerts.rules[0].endpoint" is "/x"; allowed: "all", "each", or',
    ],
    [{ slos: [{}] }, 'option "alerts.slos[0].objective" is undefined; allowed: a number from 50 to 99.999'],
    [
      { slos: [{ objective: 100 }] },
      'option "alerts.slos[0].objective" is 100; allowed: a number from 50 to 99.999',
    ],
    [
      { slos: [{ objective: 99, within: 300 }] },
      'option "alerts.slos[0].within" is 300; allowed: a duration',
    ],
    [{ rulesFile: 7 }, 'option "alerts.rulesFile" is 7; allowed: a path'],
  ])('is refused with its name, what was seen and what is allowed: %j', (alerts, message) => {
    expect(refusalOf({ alerts }).message).toContain(message);
  });

  it.each<[alerts: unknown, message: string]>([
    [
      { rules: [{ name: 'eror-rate' }] },
      'option "alerts.rules[0].kind" is undefined; allowed: one of slow-request,',
    ],
    [
      { rules: [{ name: 'cpu', percentile: 9 }] },
      'option "alerts.rules[0].percentile" is 9; allowed: nothing, as a rule of the kind "cpu"',
    ],
    [
      { rules: [{ name: 'cpu', threshold: '5s' }] },
      'option "alerts.rules[0].threshold" is "5s"; allowed: a number from 0 to 100',
    ],
  ])('is refused where a rule does not fit its kind: %j', (alerts, message) => {
    expect(() => alertsOf(alerts)).toThrow(expect.objectContaining({ code: 'TACHO_BAD_OPTION' }));
    expect(() => alertsOf(alerts)).toThrow(message);
  });
});
