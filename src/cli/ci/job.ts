import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { type Json, parsedJson } from "../../agent/json.ts";
import type { Position } from "../../agent/position.ts";
import { runCi } from "../../ci/ci.ts";
import type { CiLog, CiWorld } from "../../ci/ci-world.ts";
import type { CiNotice } from "../../ci/notice.ts";
import { type Mask, maskOf } from "../../mask/mask.ts";
import { maskNotice } from "../../mask/mask-notice.ts";
import { ciCommentTexts } from "../../report/ci/comment.ts";
import { ciNoticeText } from "../../report/ci/notice.ts";
import {
  annotation,
  folded,
  quoted,
  quoteEnd,
  quoteStart,
} from "../../report/ci/workflow-command.ts";
import { sanitizedLine } from "../../report/safe/sanitize.ts";
import { systemClock } from "../clock.ts";
import { openStandardStreams } from "../standard-streams.ts";
import { variable } from "../variable.ts";
import { createRun } from "./command.ts";
import { openFolder, writeResults } from "./results.ts";
import { createSend } from "./send.ts";

/** One job of GitHub Actions or GitLab CI, from its variables to its exit code. */
export async function runCiJob(): Promise<number> {
  const variables = process.env;
  const isGithub = variables.GITHUB_ACTIONS === "true";
  const token = randomBytes(24).toString("hex");
  const log = isGithub ? githubLog(token) : plainLog;
  const files = openFolder(isGithub);
  if ("kind" in files) {
    log.notice(files);
    return 1;
  }
  return runCi({
    variables,
    event: eventOf(variables.GITHUB_EVENT_PATH),
    files,
    read: readText,
    isFolder: (file) => statSync(file, { throwIfNoEntry: false })?.isDirectory() === true,
    remove: (file) => rmSync(file, { force: true }),
    absolute: (file) => path.resolve(file),
    run: isGithub ? quotedRun(token) : createRun(say),
    log,
    writeResults: (results) => writeResults(results, files),
    send: createSend(variables),
    clock: systemClock,
    texts: ciCommentTexts,
  });
}

const { out } = openStandardStreams();

/** All output goes to one stream, because runners mix two streams in any order. */
function say(text: string): void {
  out.write(text);
}

/** The live output of the command is quoted too, if there is any. */
function quotedRun(token: string): CiWorld["run"] {
  let isOpen = false;
  const told = (text: string) => {
    if (!isOpen) say(quoteStart(token));
    isOpen = true;
    say(text);
  };
  return async (args, options) => {
    const end = await createRun(told)(args, options);
    if (isOpen) say(quoteEnd(token));
    // The files may have been validated first, and a second run follows.
    isOpen = false;
    return end;
  };
}

function githubLog(token: string): CiLog {
  return {
    notice: (notice) => {
      const { level, title, text } = ciNoticeText(maskNotice(notice, tokenMask()));
      if (level === "info") say(`${text}\n`);
      else say(annotation(level, title, text, positionFromTop(notice)));
    },
    foreign: (text, foldedUnder) => {
      const quotation = quoted(text, token);
      say(foldedUnder === undefined ? quotation : folded(foldedUnder, quotation));
    },
  };
}

const plainLog: CiLog = {
  notice: (notice) => {
    const { level, title, text } = ciNoticeText(maskNotice(notice, tokenMask()));
    const position = positionFromTop(notice);
    const at =
      position === undefined ? "" : ` ${position.file}:${position.line}:${position.column}`;
    say(`${sanitizedLine(`${level}: ${title}:${at} ${text}`)}\n`);
  },
  foreign: (text) => say(text.endsWith("\n") ? text : `${text}\n`),
};

/** Masks the token, because a forge may repeat it in its answers. */
function tokenMask(): Mask {
  const secrets = ["AGENTVANE_CI_TOKEN", "MISTRAL_API_KEY"].flatMap((name) => {
    const text = variable(name);
    return text === undefined ? [] : [{ variable: name, text }];
  });
  return maskOf(secrets, () => false);
}

/** The position in a file that a notice is about. */
function positionOf(notice: CiNotice): Position | undefined {
  switch (notice.kind) {
    case "problem":
      return notice.position;
    case "ended":
      return notice.failure?.position;
    default:
      return undefined;
  }
}

/** Annotations name files relative to the top of the checkout. */
function positionFromTop(notice: CiNotice) {
  const position = positionOf(notice);
  if (position === undefined) return undefined;
  const { file, line, column } = position;
  const folder = process.env.AGENTVANE_CI_WORKING_DIRECTORY || ".";
  const top = process.env.GITHUB_WORKSPACE || process.cwd();
  const fromTop = path.relative(top, path.resolve(folder, file)).split(path.sep).join("/");
  return { file: fromTop, line, column };
}

function eventOf(file: string | undefined): Json | undefined {
  return parsedJson(file ? readText(file) : undefined);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
