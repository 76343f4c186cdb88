/** Largest answer that is read, in bytes. A full page of a thousand agents is far smaller. */
export const largestResponse = 128 * 1024 * 1024;

/**
 * Most levels of an answer. An agent cannot be nested this deep, because a file may have only 200 levels; and code that
 * later walks through an answer recursively does not exhaust the stack.
 */
export const deepestResponse = 500;

/** Marks the error of an answer that was too large. A retry would bring the same answer. */
const tooLarge = "ANSWER_TOO_LARGE";

/** Collects the chunks of an answer. `add` throws as soon as they exceed the limit. */
export function createResponseBody(): {
  readonly add: (chunk: Uint8Array) => void;
  readonly whole: () => Buffer;
} {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    add: (chunk) => {
      size += chunk.byteLength;
      if (size > largestResponse) throw tooLargeError();
      chunks.push(chunk);
    },
    whole: () => Buffer.concat(chunks),
  };
}

/** Whether an error says that an answer was too large. */
export function isTooLarge(error: Error): boolean {
  return "code" in error && error.code === tooLarge;
}

function tooLargeError(): Error {
  const megabytes = largestResponse / 1024 / 1024;
  const error = new Error(`the answer is larger than ${megabytes} MiB; check the server's address`);
  return Object.assign(error, { code: tooLarge });
}
