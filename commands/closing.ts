/** Gives back what was opened: a connection, a server, a schedule. */
export type Closer = () => unknown

/**
 * Do `work`; when it ends, however it ends, close what it put into `closers`: one after the other, last opened first,
 * each whatever became of the others. The first error is thrown (the work's own before those of closing), the others
 * go to `onError`.
 */
export async function closingAll<T>(
  work: (closers: Closer[]) => Promise<T>,
  onError: (error: unknown) => void,
): Promise<T> {
  const closers: Closer[] = []
  const errors: unknown[] = []
  const attempt = async <R>(step: () => R) => {
    try {
      return await step()
    } catch (error) {
      errors.push(error)
    }
  }
  const result = await attempt(() => work(closers))
  for (const close of closers.reverse()) await attempt(close)
  for (const error of errors.slice(1)) onError(error)
  if (errors.length > 0) throw errors[0]
  return result as T
}
