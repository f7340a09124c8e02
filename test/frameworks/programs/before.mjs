import { startMonitoring } from 'tacho';
import { serve } from '../serve.ts';

const { listen } = await import(process.argv[2]);
startMonitoring();
serve(await listen());
