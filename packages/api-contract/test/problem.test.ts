import { describe, expect, it } from '@jest/globals';
import { PROBLEM_CODES, validateProblem } from '../src/problem.ts';

const problem = {
  type: 'about:blank',
  title: 'Bad Request',
  status: 400,
  detail: 'The parameter "limit" must be a whole number from 1 to 1000, not "0".',
  code: 'invalid_parameter',
  parameter: 'limit',
  request_id: 'mc2z7q1k-4',
};

describe('a problem', () => {
  it('is handed back whole', () => {
    expect(validateProblem(problem)).toEqual({ ok: true, value: problem });
  });

  it('need not have a parameter or a request id', () => {
    const { parameter: _parameter, request_id: _requestId, ...rest } = problem;
    expect(validateProblem(rest)).toEqual({ ok: true, value: rest });
  });

  it.each(PROBLEM_CODES)('may have the code %s', (code) => {
    expect(validateProblem({ ...problem, code }).ok).toBe(true);
  });

  it.each([
    ['code', 'something_else'],
    ['status', 200],
    ['status', 600],
    ['status', '400'],
    ['type', 'https://example.org/problem'],
    ['detail', null],
  ])('has no %s of %p', (field, value) => {
    expect(validateProblem({ ...problem, [field]: value })).toMatchObject({
      ok: false,
      issue: { path: field },
    });
  });
});
