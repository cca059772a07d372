import { keptFile } from './kept-files';
import { hasFile } from './sender';

/** The uploads whose file this page holds, or can open again through a kept handle. */
export async function filesAtHand(uploadIds: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    uploadIds.map(async (id) => (hasFile(id) || (await keptFile(id))?.handle ? id : undefined)),
  );
  return new Set(found.filter((id) => id !== undefined));
}
