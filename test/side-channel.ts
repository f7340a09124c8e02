/**
 * How a child program of these tests talks to the test that started it, beside the HTTP that is being
 * measured. The channel never outlives the test: when the test goes, so does the program.
 */

type Answer = () => unknown;

interface Question {
  readonly id: number;
  readonly question: string;
}

/** In the child: says that it is ready, and answers questions from then on. */
export function ready(
  ports: Readonly<Record<string, number>>,
  answers: Readonly<Record<string, Answer>> = {},
): void {
  process.on('disconnect', () => process.exit());
  process.on('message', async ({ id, question }: Question) => {
    process.send?.({ id, answer: await answers[question]?.() });
  });
  process.send?.({ ports });
}
