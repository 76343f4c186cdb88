import type { Conversations, Writer } from "../agent/ports.ts";

/** A function that calls `announce` only the first time. */
export function announceOnce(announce: () => void): () => void {
  let hasAnnounced = false;
  return () => {
    if (hasAnnounced) return;
    hasAnnounced = true;
    announce();
  };
}

/** The port for conversations; it calls `sending` just before each request other than GET. */
export function announceTalk(conversations: Conversations, sending: () => void): Conversations {
  return {
    ...conversations,
    start: (body, options) => {
      sending();
      return conversations.start(body, options);
    },
    append: (id, body, options) => {
      sending();
      return conversations.append(id, body, options);
    },
    remove: (id) => {
      sending();
      return conversations.remove(id);
    },
  };
}

/** The writer; it calls `sending` just before each request. */
export function announceWrites(writer: Writer, sending: () => void): Writer {
  return {
    create: (body) => {
      sending();
      return writer.create(body);
    },
    update: (id, body) => {
      sending();
      return writer.update(id, body);
    },
    remove: (id) => {
      sending();
      return writer.remove(id);
    },
    switchVersion: (id, version) => {
      sending();
      return writer.switchVersion(id, version);
    },
    setAlias: (id, alias, version) => {
      sending();
      return writer.setAlias(id, alias, version);
    },
    removeAlias: (id, alias) => {
      sending();
      return writer.removeAlias(id, alias);
    },
  };
}
