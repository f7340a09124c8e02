import { startMonitoring } from 'tacho';

startMonitoring({ serviceName: 'only-sets-up' });
process.stdout.write('set up\n');
