import type { ConversationScript, ReplyRule } from "./conversation-script.ts";

/** A script that is being followed: rules that apply only so often are counted. */
export type ScriptPlayer = {
  /** The first rule that is not used up and suits; it counts as used. */
  readonly take: (suits: (rule: ReplyRule) => boolean) => ReplyRule | undefined;
  /** Follows another script from its beginning. */
  readonly follow: (script: ConversationScript) => void;
};

/** Follows a script from its beginning. */
export function createScriptPlayer(first: ConversationScript): ScriptPlayer {
  let script = first;
  let used = new Map<ReplyRule, number>();
  return {
    take: (suits) => {
      const rule = script.find(
        (each) => (used.get(each) ?? 0) < (each.times ?? Number.POSITIVE_INFINITY) && suits(each),
      );
      if (rule !== undefined) used.set(rule, (used.get(rule) ?? 0) + 1);
      return rule;
    },
    follow: (next) => {
      script = next;
      used = new Map();
    },
  };
}
