import { startMonitoring } from 'tacho';
import { serve } from '../serve.ts';

startMonitoring();
const { listen } = await import(process.argv[2]);
serve(await listen());
