/** Largest body: several times the largest prompt that a file may hold. */
const largestBody = 64 * 1024 * 1024;

/** The body of a request as text; undefined if it is too large, by its declared or its actual length. */
export async function boundedBody(request: Request): Promise<string | undefined> {
  if (request.headers.has("transfer-encoding")) return countedBody(request);
  const length = Number(request.headers.get("content-length") ?? 0);
  return length > largestBody ? undefined : request.text();
}

/** A body without a declared length. */
async function countedBody({ body }: Request): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
