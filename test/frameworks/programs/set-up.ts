import { startMonitoring } from 'tacho';

startMonitoring();
