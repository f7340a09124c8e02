import { describe, expect, it } from '@jest/globals';
import { checkOptions } from '../../src/config/check-options.ts';
import { resolveConfig } from '../../src/config/config.ts';
import { conflicts } from '../../src/config/conflicts.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { refusalOf } from './refusal.ts';

const mail = { smtp: 'smtps://mail.example.com', from: 'tacho@example.com', to: 'ops@example.com' };
const NOTHING = readEnvironment({});

describe('option reports', () => {
  it('takes periods, and wins over TACHO_REPORTS', () => {
    const environment = readEnvironment({ TACHO_REPORTS: 'day, month' });
    const reports = (options: object) => resolveConfig(checkOptions(options), environment).reports;
    expect(reports({ mail, reports: ['week'] })).toEqual(['week']);
    expect(reports({ mail })).toEqual(['day', 'month']);
    expect(resolveConfig(checkOptions({}), NOTHING).reports).toEqual([]);
  });

  it.each([
    [['year'], 'option "reports[0]" is "year"; allowed: "day" or "week" or "month"'],
    [['week', 'week'], 'option "reports[1]" is "week"; allowed: a value that is not in the array already'],
    ['week', 'option "reports" is "week"; allowed: an array of at most 3, each "day" or "week" or "month"'],
  ])('refuses %j', (reports, message) => {
    expect(refusalOf({ mail, reports }).message).toBe(message);
  });

  it('leaves out what is wrong in TACHO_REPORTS, and says so', () => {
    const { reports, warnings } = readEnvironment({ TACHO_REPORTS: 'week,weekly' });
    expect(reports).toEqual(['week']);
    expect(warnings).toEqual([expect.stringContaining('TACHO_REPORTS has "weekly" in it')]);
  });

  it('is left out without mail, and says so', () => {
    const line = 'is left out: no review is mailed without option "mail", or TACHO_SMTP_URL and its like';
    expect(conflicts(checkOptions({ reports: ['day'] }), NOTHING)).toEqual([`option "reports" ${line}`]);
    expect(conflicts(checkOptions({}), readEnvironment({ TACHO_REPORTS: 'day' }))).toEqual([
      `TACHO_REPORTS ${line}`,
    ]);
    expect(conflicts(checkOptions({ mail, reports: ['day'] }), NOTHING)).toEqual([]);
    expect(conflicts(checkOptions({ reports: [] }), NOTHING)).toEqual([]);
  });
});
