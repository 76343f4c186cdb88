import type { Writer } from "../agent/ports.ts";

/** The writer, which calls `announce` once, just before the first request that can change something. */
export function announceWrites(writer: Writer, announce: () => void): Writer {
  let hasAnnounced = false;
  const sending = () => {
    if (hasAnnounced) return;
    hasAnnounced = true;
    announce();
  };
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
