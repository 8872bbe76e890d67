import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { livingPrograms } from './living-programs.ts';

/** The system's tables of what can reach another machine, or this one over its own network. */
const tables = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'] as const;

/**
 * The sockets of the internet that the programs of a process group hold now, from the system's own folder (Linux): `tcp 0100007F:1F90 00000000:0000
 * 0A`, as the system writes them. Pipes between programs of one machine are none.
 */
export function internetSockets(group: number): readonly string[] {
  return livingPrograms({ group }).flatMap((pid) => {
    const held = new Set(inodesOf(pid));
    return tables.flatMap((table) =>
      rowsOf(pid, table)
        .filter(({ inode }) => held.has(inode))
        .map(({ words }) => `${table} ${words}`),
    );
  });
}

function inodesOf(pid: string): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

function rowsOf(pid: string, table: string): readonly { readonly inode: string; readonly words: string }[] {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/net/${table}`, 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length > 9)
    .map((fields) => ({ inode: fields[9] ?? '', words: fields.slice(1, 4).join(' ') }));
}
