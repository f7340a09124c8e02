import { describeMounts } from './mounted.ts';

describeMounts('standard');
