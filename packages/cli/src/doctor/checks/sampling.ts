import type { Check } from '../check.ts';
import { type Finding, ok, problem, warning } from '../finding.ts';
import { otlpTargets } from '../otlp.ts';
import { type Patient, variable } from '../patient.ts';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
];

/** Whether what is to be exported is made, and lets itself be sampled; the statistics have all requests in any case. */
export const sampling: Check = {
  id: 'sampling',
  group: 'export',
  async examine(patient) {
    const health = await patient.service.health().catch(() => undefined);
    const isOff = (health?.process.traces ?? variable(patient, 'TACHO_TRACES')) === 'off';
    const exportsTraces = otlpTargets(patient).some(({ signal }) => signal === 'TRACES');
    const findings: Finding[] = [...samplerFindings(patient)];
    if (isOff && exportsTraces)
      findings.push(
        warning(
          'traces are off, and an exporter for them is configured: no span is ever exported',
          'Remove TACHO_TRACES=off (option traces), or set OTEL_TRACES_EXPORTER=none if that is meant.',
        ),
      );
    return findings.length > 0 ? findings : [ok('nothing keeps spans from being exported')];
  },
};

function samplerFindings(patient: Patient): readonly Finding[] {
  const sampler = variable(patient, 'OTEL_TRACES_SAMPLER');
  if (sampler === undefined) return [];
  if (!SAMPLERS.includes(sampler))
    return [
      problem(
        'OTEL_TRACES_SAMPLER names no sampler that there is',
        `Set OTEL_TRACES_SAMPLER to one of ${SAMPLERS.join(', ')}, or remove it.`,
      ),
    ];
  if (sampler.endsWith('always_off'))
    return [
      warning(
        `OTEL_TRACES_SAMPLER is ${sampler}: of traces, only slow and failed requests are exported`,
        'Set OTEL_TRACES_SAMPLER=parentbased_traceidratio and OTEL_TRACES_SAMPLER_ARG=0.1, say; or leave it, if that is meant.',
      ),
    ];
  return sampler.endsWith('traceidratio') ? ratioFindings(variable(patient, 'OTEL_TRACES_SAMPLER_ARG')) : [];
}

function ratioFindings(given: string | undefined): readonly Finding[] {
  const ratio = given === undefined ? 1 : Number(given);
  const remedy =
    'Set OTEL_TRACES_SAMPLER_ARG to a share above 0 and up to 1, such as 0.1 for one trace in ten.';
  if (!(ratio >= 0 && ratio <= 1))
    return [problem('OTEL_TRACES_SAMPLER_ARG is no share from 0 to 1', remedy)];
  if (ratio > 0) return [];
  return [
    warning('OTEL_TRACES_SAMPLER_ARG is 0: of traces, only slow and failed requests are exported', remedy),
  ];
}
