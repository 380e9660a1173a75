import { messages } from './message.js';
import type { Scenario } from './scenario.js';

/**
 * Every scenario, in the order of the spec's sections. Scenarios stand together by noun and not in a file each: most are
 * five lines, and what a reader of this code wants to see is which neighbours of a limit there are.
 */
export const scenarios: readonly Scenario[] = [...messages];
