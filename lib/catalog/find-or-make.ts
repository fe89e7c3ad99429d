/** Looks once more where making fails: another run may have been first. */
export async function findOrMake<T>(
  find: () => Promise<T | null>,
  make: () => Promise<T>,
): Promise<T> {
  const known = await find();
  if (known) return known;
  try {
    return await make();
  } catch (error) {
    const made = await find();
    if (made) return made;
    throw error;
  }
}
