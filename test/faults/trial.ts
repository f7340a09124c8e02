import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { arm, disarm, type Fault, failuresOf, reachedSince, reachedSoFar } from './faults.ts';
import { type InstrumentedCopy, makeInstrumentedCopy } from './instrumented-copy.ts';
import type { Monitoring, StartMonitoring } from './monitored.ts';
import { startMonitored } from './monitored.ts';
import type { Phase, Plan, Tried } from './plan.ts';
import { takeTroubles } from './troubles.ts';

/** Tries one fault after the other, and keeps what came of each. */
export class Trial {
  readonly tried: Tried[] = [];
  /** Sites that call something outside, as far as they were reached. */
  readonly reached = new Set<number>();
  readonly #plan: Plan;
  readonly #copy: InstrumentedCopy;
  #folders = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
    mkdirSync(this.#pathOf('tacho'));
    this.#copy = makeInstrumentedCopy(this.#pathOf('tacho'));
  }

  get sites(): number {
    return this.#copy.sites.size;
  }

  /** Loads the package, whose modules run anew each time. */
  async load(): Promise<StartMonitoring> {
    const folder = this.#pathOf(`tacho-${this.#folders++}`);
    cpSync(this.#pathOf('tacho'), folder, { recursive: true, verbatimSymlinks: true });
    const { startMonitoring } = await import(join(folder, 'dist/index.js'));
    return startMonitoring as StartMonitoring;
  }

  /** With a store of its own: one that a fault has spoiled is not the next fault's. */
  start(startMonitoring: StartMonitoring): Monitoring | undefined {
    const folder = this.#pathOf(`store-${this.#folders++}`);
    mkdirSync(folder);
    return startMonitored(startMonitoring, folder, this.#plan.settings);
  }

  /** @returns the sites that are reached meanwhile */
  async sitesOf(act: () => Promise<void>): Promise<number[]> {
    const before = reachedSoFar();
    await act();
    const sites = reachedSince(before);
    for (const site of sites) this.reached.add(site);
    return sites;
  }

  /** @param act done with each of the faults armed. What it notes counts against the fault, if that occurs */
  async tryAll(phase: Phase, faults: readonly Fault[], act: (fault: Fault) => Promise<void>): Promise<void> {
    for (const fault of faults) {
      const { at, callee } = this.#copy.sites.get(fault.site)!;
      const { every, from, only = '' } = this.#plan;
      if (!at.includes(only) || fault.site % every !== from) continue;
      const before = failuresOf(fault);
      arm(fault);
      await act(fault);
      disarm();
      await turn();
      const troubles = takeTroubles();
      if (failuresOf(fault) > before) this.tried.push({ phase, at, callee, mode: fault.mode, troubles });
    }
  }

  #pathOf(name: string): string {
    return join(this.#plan.folder, name);
  }
}
