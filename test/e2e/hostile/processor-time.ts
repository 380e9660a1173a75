import { readdirSync, readFileSync } from 'node:fs';

/** Of a second; Linux counts in these, whatever the machine. */
const TICK = 10;

/**
 * Milliseconds that the processors have worked for the processes that this one started, and for theirs: the browsers. Other
 * programs do not make it longer, as they do a time on the wall.
 */
export function processorTime(): number {
  const parents = new Map<number, number>();
  const ticks = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      // After the program's name, which may hold anything: state, parent, ..., user and system time, and those of ended children.
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      parents.set(Number(name), fields[1]!);
      ticks.set(
        Number(name),
        [11, 12, 13, 14].reduce((sum, field) => sum + fields[field]!, 0),
      );
    } catch {
      // It has ended.
    }
  }
  const isOurs = (id: number | undefined): boolean =>
    id !== undefined && id !== 0 && (id === process.pid || isOurs(parents.get(id)));
  let sum = 0;
  for (const [id, count] of ticks) if (id !== process.pid && isOurs(id)) sum += count;
  return sum * TICK;
}
