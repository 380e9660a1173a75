import { hybridKem } from '@sealpost/core/hybrid';
import { registry } from '../registry.js';

registry().provide('pq', hybridKem);
