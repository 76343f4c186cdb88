/** What the errors of a file system mean, as the end of a sentence about the file. */
const meanings: { readonly [code: string]: string } = {
  EACCES: "you have no permission",
  EPERM: "the system does not permit it",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  EFBIG: "it would be larger than files may be here",
  EIO: "the disk failed",
  ENOENT: "it does not exist",
  ENOTDIR: "a part of its path is not a folder",
  EISDIR: "it is a folder",
  EEXIST: "it exists already",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  EBUSY: "it is in use",
  ETXTBSY: "it is in use",
  EXDEV: "it is on another file system",
  ENXIO: "nothing is connected to it",
  ECONNREFUSED: "nobody listens on it",
  EPIPE: "its reader is gone",
  ECONNRESET: "its reader is gone",
};

/** Why a file could not be used, in words; undefined when an error is not about files at all. */
export function fileFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return meanings[String(error.code)];
}

/** Why a file could not be used; in the system's own words where we have none. */
export function fileFaultText(error: unknown): string {
  return fileFault(error) ?? (error instanceof Error ? error.message : String(error));
}

/** The file that an error of the file system is about; undefined when it is another kind of error. */
export function faultyFile(error: unknown): string | undefined {
  // The folder in which the command was started was deleted meanwhile: no relative path leads anywhere.
  if (error instanceof Error && "syscall" in error && error.syscall === "uv_cwd") {
    return "the current folder";
  }
  if (!(error instanceof Error) || !("path" in error)) return undefined;
  return typeof error.path === "string" && fileFault(error) !== undefined ? error.path : undefined;
}
