import { writeSync } from 'node:fs';
import process from 'node:process';
import { StringDecoder } from 'node:string_decoder';
import { isatty } from 'node:tty';
import type { TakenTerminal, Terminal, TerminalHolder } from './environment.ts';

const STDOUT = 1;
/** To all processes that the shell started together, as a terminal sends it: npx would wait on for us otherwise. */
const WHOLE_JOB = 0;

/** @returns undefined where stdin or stdout is no terminal, or nothing more can be typed */
export function nodeTerminal(): Terminal | undefined {
  if (!isatty(0) || !isatty(STDOUT)) return undefined;
  if (process.stdin.destroyed || process.stdin.readableEnded) return undefined;
  return { take };
}

function take(holder: TerminalHolder): TakenTerminal {
  const { stdin } = process;
  const decoder = new StringDecoder('utf8');
  let isHeld = false;
  let isReleased = false;

  const onData = (chunk: Buffer): void => holder.onInput(decoder.write(chunk));
  /** The terminal has gone. Whoever is to know of it hears of it otherwise. */
  const onError = (): void => {};

  function hold(): void {
    if (isHeld) return;
    isHeld = true;
    stdin.setRawMode(true);
    stdin.on('data', onData);
    stdin.resume();
    process.on('SIGTSTP', stopped);
    process.stdout.write(holder.enter);
  }

  /** Also in a process that is about to end: nothing of it may wait for the event loop. */
  function letGo(): void {
    if (!isHeld) return;
    isHeld = false;
    process.off('SIGTSTP', stopped);
    stdin.off('data', onData);
    stdin.pause();
    try {
      writeSync(STDOUT, holder.leave);
    } catch {
      // Nobody sees it any more.
    }
    stdin.setRawMode(false);
  }

  /** Once nobody listens, the signal does what it does by default. Where it stops nothing, we go on at once. */
  function stop(pid: number): void {
    letGo();
    try {
      process.kill(pid, 'SIGTSTP');
    } catch {
      // There is no such signal on Windows.
    }
    setImmediate(goOn);
  }
  const stopped = (): void => stop(process.pid);

  /** Whatever stopped us, and whatever the shell has made of the terminal since. */
  function goOn(): void {
    if (isReleased) return;
    letGo();
    hold();
    holder.onReturn();
  }

  stdin.on('error', onError);
  process.on('SIGCONT', goOn);
  process.once('exit', letGo);
  hold();
  return {
    stop: () => stop(WHOLE_JOB),
    release() {
      isReleased = true;
      letGo();
      process.off('SIGCONT', goOn);
      process.off('exit', letGo);
    },
  };
}
