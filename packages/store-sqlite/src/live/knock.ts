import { connect } from 'node:net';

/**
 * Knocks at a writer's door, and waits until it has stored what it has measured. Never rejects.
 *
 * @returns `late` where somebody is there who has not answered in time; `gone` where nobody is
 */
export function knock(address: string, limitMs: number): Promise<'answered' | 'late' | 'gone'> {
  return new Promise((settle) => {
    const caller = connect({ path: address });
    caller.setTimeout(limitMs, () => {
      settle('late');
      caller.destroy();
    });
    caller.on('error', () => settle('gone'));
    caller.on('end', () => settle('answered'));
    caller.on('close', () => settle('gone'));
    caller.resume();
  });
}
