type Listener = (sequence: number | null) => void

/** Whoever wants to be told of changes by one open database. */
export function createListeners() {
  const listeners = new Set<Listener>()
  return {
    /** Null: something may have happened, look. */
    tell(sequence: number | null): void {
      for (const listener of listeners) listener(sequence)
    },
    /** See `Database.onChange`: a new listener is told to look at once. */
    onChange(listener: Listener): () => void {
      listeners.add(listener)
      queueMicrotask(() => listeners.has(listener) && listener(null))
      return () => listeners.delete(listener)
    },
    clear: () => listeners.clear(),
  }
}
