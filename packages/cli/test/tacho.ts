/** The real command in a process of its own, as the package that installs it runs it. */
import { run } from '@tacho/cli';

await run({ version: '1.2.3', variables: process.env });
