import { startOpener } from './opener.js';

void startOpener();
