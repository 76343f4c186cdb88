/** The meaning of file system errors, as the end of a sentence about the file. */
const meanings: { readonly [code: string]: string } = {
  EACCES: "you have no permission",
  EPERM: "the system does not permit it",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  EFBIG: "it would exceed the largest file size of this system",
  EIO: "the disk failed",
  ENOENT: "it does not exist",
  ENOTDIR: "a part of its path is not a folder",
  EISDIR: "it is a folder",
  EEXIST: "it already exists",
  ELOOP: "its symbolic links form a loop",
  ENAMETOOLONG: "its name is too long",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  EBUSY: "it is in use",
  ETXTBSY: "it is in use",
  EXDEV: "it is on another file system",
  ENXIO: "no device is connected to it",
  ECONNREFUSED: "no process listens on it",
  EPIPE: "its reader is gone",
  ECONNRESET: "its reader is gone",
};

/** Why a file could not be used; undefined if the error is not about a file. */
export function fileFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return meanings[String(error.code)];
}

/** Why a file could not be used; the system's own message if we have none. */
export function fileFaultText(error: unknown): string {
  return fileFault(error) ?? (error instanceof Error ? error.message : String(error));
}

/** The file of a file system error; undefined for other errors. */
export function faultyFile(error: unknown): string | undefined {
  // The folder in which the command was started was deleted meanwhile, so no relative path works.
  if (error instanceof Error && "syscall" in error && error.syscall === "uv_cwd") {
    return "the current folder";
  }
  if (!(error instanceof Error) || !("path" in error)) return undefined;
  return typeof error.path === "string" && fileFault(error) !== undefined ? error.path : undefined;
}
