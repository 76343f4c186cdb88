/** No body is larger: several times the largest prompt that a file may hold. */
const largestBody = 64 * 1024 * 1024;

/** The body of a request as text; undefined when it would fill the memory, before or while it is read. */
export async function boundedBody(request: Request): Promise<string | undefined> {
  if (request.headers.has("transfer-encoding")) return countedBody(request);
  const length = Number(request.headers.get("content-length") ?? 0);
  return length > largestBody ? undefined : request.text();
}

/** A body that does not say how long it is. */
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
