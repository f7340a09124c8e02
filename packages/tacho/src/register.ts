/** `node --import tacho/register app.js`: starts with what the environment says, before the application is loaded. */
import { startMonitoring } from './index.ts';

startMonitoring();
