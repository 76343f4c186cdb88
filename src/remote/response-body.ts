/** Largest answer that is read, in bytes. A full page of a thousand agents is far smaller. */
export const largestResponse = 128 * 1024 * 1024;

/**
 * Most levels of an answer. Far more than an agent can have, whose file may have 200, and far fewer than it takes to
 * exhaust the stack of whatever walks through an answer later.
 */
export const deepestResponse = 500;

/** Marks the error of an answer that was too large: asking again would only bring it again. */
const tooLarge = "ANSWER_TOO_LARGE";

/** Collects the chunks of an answer. `add` throws as soon as they are more than may be kept in memory. */
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
