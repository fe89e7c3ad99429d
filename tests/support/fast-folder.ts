import { chmodSync, existsSync, mkdtempSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const memory = "/dev/shm";
/** What the databases of a run and their log take together at the most, with room to spare. */
const roomBytes = 4 * 1024 ** 3;

/**
 * A folder for what may be lost: in memory where the system has room there. A database is 1,500
 * files, and on ext4 each new one is sought among those that were just deleted.
 */
export function makeFastFolder(prefix: string): string {
  const folder = mkdtempSync(join(hasRoom() ? memory : tmpdir(), prefix));
  // PostgreSQL may run as another user, who must get through.
  chmodSync(folder, 0o711);
  return folder;
}

function hasRoom(): boolean {
  if (!existsSync(memory) || process.availableMemory() < 2 * roomBytes) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= roomBytes;
}
