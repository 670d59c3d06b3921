import { link, mkdir, readFile, realpath, rm, stat, statfs, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseError } from './errors.ts'

interface Holder {
  pid: number
  host: string
  /** When the process started, as the system counts it: tells a process from a later one with the same pid. */
  started: string
  since: string
}

/** The holder touches its lock this often; on another host that is the only sign of life. */
const HEARTBEAT_MS = 5_000
const SILENT_AFTER_MS = 60_000
/** A fresh database takes about 45 MB. */
const MIN_FREE_BYTES = 150e6

/** The folders this process holds. */
const held = new Set<string>()

/**
 * Create the folder and take it for this process. A lock left by a process that no longer runs is taken over.
 * @throws DatabaseError `locked`, `unwritable` or `full`.
 */
export async function takeDataDir(
  dataDir: string,
  freeBytes: (folder: string) => Promise<number> = askFreeBytes,
): Promise<{ folder: string; release: () => Promise<void> }> {
  const folder = await usable(resolve(dataDir), freeBytes)
  const lock = join(folder, 'lock.json')
  const me: Holder = {
    pid: process.pid,
    host: hostname(),
    started: await startOf(process.pid),
    since: new Date().toISOString(),
  }
  if (held.has(folder)) throw locked(folder, me)
  held.add(folder)
  try {
    if (!(await create(lock, me))) await takeOver(folder, lock, me)
  } catch (error) {
    held.delete(folder)
    throw error
  }

  const heartbeat = setInterval(() => utimes(lock, new Date(), new Date()).catch(() => {}), HEARTBEAT_MS)
  heartbeat.unref()
  return {
    folder,
    async release() {
      clearInterval(heartbeat)
      if (held.delete(folder)) await rm(lock, { force: true })
    },
  }
}

/** The folder without symbolic links, made, written to once and found to have room. */
async function usable(folder: string, freeBytes: (folder: string) => Promise<number>): Promise<string> {
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(probe, '')
    await rm(probe)
  } catch (cause) {
    throw explained(folder, cause)
  }
  if ((await freeBytes(folder)) < MIN_FREE_BYTES) throw full(folder)
  return realpath(folder)
}

async function askFreeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

function explained(folder: string, cause: unknown): unknown {
  const { code } = cause as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return full(folder, cause)
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    const text = `The data folder ${folder} cannot be used: a file stands in its way. Set DATA_DIR to another folder.`
    return new DatabaseError('unwritable', text, { cause })
  }
  const text = `The data folder ${folder} cannot be written (${code}). Give this user the right to write there, or set DATA_DIR to another folder.`
  return new DatabaseError('unwritable', text, { cause })
}

function full(folder: string, cause?: unknown): DatabaseError {
  const text = `The disk of the data folder ${folder} is full: at least ${MIN_FREE_BYTES / 1e6} MB must be free. Make room, or set DATA_DIR to a folder on another disk.`
  return new DatabaseError('full', text, { cause })
}

/** True when the file was made; false when there is one already. It appears whole: linked once written. */
async function create(path: string, holder: Holder): Promise<boolean> {
  const draft = `${path}.${process.pid}`
  await writeFile(draft, JSON.stringify(holder))
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/** Only the process that makes the second file may judge and replace the lock, so that two never take it together. */
async function takeOver(folder: string, lock: string, me: Holder): Promise<void> {
  const turn = `${lock}.turn`
  if (!(await create(turn, me))) {
    const other = await readHolder(turn)
    if (other && (await isAlive(turn, other))) throw locked(folder, other)
    await rm(turn, { force: true })
    if (!(await create(turn, me))) throw locked(folder, null)
  }
  try {
    const holder = await readHolder(lock)
    if (holder && (await isAlive(lock, holder))) throw locked(folder, holder)
    await rm(lock, { force: true })
    if (!(await create(lock, me))) throw locked(folder, null)
  } finally {
    await rm(turn, { force: true })
  }
}

/** Null when the file is gone, or is not what this program writes. */
async function readHolder(path: string): Promise<Holder | null> {
  try {
    const holder = JSON.parse(await readFile(path, 'utf8')) as Partial<Holder> | null
    return typeof holder?.pid === 'number' && typeof holder.host === 'string' ? (holder as Holder) : null
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function isAlive(path: string, holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) {
    const { mtimeMs } = await stat(path)
    return Date.now() - mtimeMs < SILENT_AFTER_MS
  }
  // Our own number on a lock we do not hold: an earlier process had it, as in a container that starts again.
  if (holder.pid === process.pid) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it runs, as another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return (await startOf(holder.pid)) === holder.started
}

/** Linux: ticks from boot to the start of the process (field 22 of /proc/PID/stat); elsewhere the empty string. */
async function startOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function locked(folder: string, holder: Holder | null): DatabaseError {
  const who = holder
    ? `process ${holder.pid} on ${holder.host}, since ${holder.since}`
    : 'another process that is starting'
  const text = `The data folder ${folder} is in use by ${who}. Only one process can use it: stop that one, set DATA_DIR to another folder, or set DATABASE_URL to share a PostgreSQL server.`
  return new DatabaseError('locked', text)
}
