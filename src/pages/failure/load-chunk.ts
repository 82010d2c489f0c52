/** Code of the page could not be loaded: the connection dropped, or a newer version has replaced this one. */
class PartMissingError extends Error {
  override readonly name = 'PartMissingError'
  readonly code = 'part-missing'
}

/**
 * @returns what was imported
 * @throws {PartMissingError} it could not be loaded; the import may be tried again
 */
export async function loadChunk<T>(importing: Promise<T>): Promise<T> {
  try {
    return await importing
  } catch (cause) {
    throw new PartMissingError('A part of the page could not be loaded.', { cause })
  }
}
