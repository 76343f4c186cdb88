import { agentKeyPattern, environmentPattern, slugPattern } from "../agent/identity.ts";
import { checksSchema } from "./check-schema.ts";
import {
  durationPattern,
  plainFilledPattern,
  plainTextPattern,
  variablePattern,
} from "./patterns.ts";
import { refTo, requiring, type Schema } from "./schema.ts";
import { filled } from "./shared-schemas.ts";

const agentsByKey: Schema = {
  type: ["object", "null"],
  propertyNames: { pattern: agentKeyPattern },
  additionalProperties: refTo("agent"),
};

const agents: Schema = {
  title: "agents",
  description: "The agents, by key: the name of an agent in this file, which should not change.",
  ...agentsByKey,
};

const variables: Schema = {
  title: "vars",
  description:
    "Default values of `${{ vars.name }}`. AGENTVANE_VAR_name and --var name=value override them; null means no default.",
  type: ["object", "null"],
  propertyNames: { pattern: variablePattern },
  additionalProperties: {
    type: ["string", "number", "boolean", "null"],
    pattern: plainTextPattern,
  },
  examples: [{ tone: "friendly" }],
};

const project: Schema = {
  title: "project",
  description: "Owns the agents of this file; written into their metadata.",
  type: "string",
  pattern: slugPattern,
  examples: ["acme-support"],
};

const environment: Schema = {
  type: ["object", "null"],
  properties: {
    api_key_env: {
      title: "api_key_env",
      description: "The environment variable that holds the API key.",
      type: "string",
      pattern: variablePattern,
      examples: ["MISTRAL_API_KEY_STAGING"],
    },
    workspace: {
      title: "workspace",
      description:
        "The workspace that the API key must belong to, by name or id; a key of another one is refused.",
      type: "string",
      pattern: plainFilledPattern,
      examples: ["Production"],
    },
    history: {
      title: "history",
      description:
        "ancestors: apply only commits that contain the applied commits. Without it, a commit of another branch may be applied if it is not older.",
      type: "string",
      enum: ["ancestors"],
    },
    ephemeral: {
      title: "ephemeral",
      description:
        "Agents that will be deleted again, such as those of a pull request. Their names end in the name of the environment; ids, pins, prevent_destroy and deployment_chat of the file are ignored.",
      type: "boolean",
    },
    vars: variables,
    defaults: refTo("defaults"),
    agents: {
      title: "agents",
      description: "Overrides of agents in this environment.",
      ...agentsByKey,
    },
  },
  additionalProperties: false,
};

const environments: Schema = {
  title: "environments",
  description:
    "Settings and overrides of each environment, by name; chosen with --env or AGENTVANE_ENV. In a name, * matches one or more characters: --env pr-42 is an environment of its own under pr-*.",
  type: ["object", "null"],
  propertyNames: { pattern: environmentPattern },
  additionalProperties: environment,
};

const gates: Schema = {
  title: "gates",
  description: "Commands that must succeed before anything is released.",
  type: ["array", "null"],
  items: requiring(["run"], {
    type: "object",
    properties: {
      run: {
        title: "run",
        description: "The command, run in a shell in the folder of this file.",
        type: "string",
        ...filled,
      },
      agents: {
        title: "agents",
        description: "Keys of its agents; default: all.",
        type: "array",
        items: { type: "string", pattern: agentKeyPattern },
      },
      timeout: {
        title: "timeout",
        description: "The longest time that it may take.",
        type: "string",
        pattern: durationPattern,
        examples: ["10m"],
      },
    },
    additionalProperties: false,
  }),
};

const moved: Schema = {
  title: "moved",
  description: "Renamed keys: the agent stays the same and is not created again.",
  type: ["array", "null"],
  items: requiring(["from", "to"], {
    type: "object",
    properties: {
      from: {
        title: "from",
        description: "The old key, which no agent may have any more.",
        type: "string",
        pattern: agentKeyPattern,
        examples: ["router"],
      },
      to: {
        title: "to",
        description: "The new key, or a key that another entry renames again.",
        type: "string",
        pattern: agentKeyPattern,
        examples: ["triage"],
      },
    },
    additionalProperties: false,
  }),
  examples: [[{ from: "router", to: "triage" }]],
};

/** agents.yaml with the agents of all included files, as a person writes them. */
export const writtenFileSchema: Schema = requiring(["version", "project"], {
  title: "agents.yaml",
  description: "Agents on Mistral's Agents API, as code.",
  type: "object",
  properties: {
    version: { title: "version", description: "The format of this file.", enum: [1] },
    project,
    include: {
      title: "include",
      description: "More files with agents and moved, as globs relative to this file.",
      type: ["array", "null"],
      items: { type: "string", ...filled },
      examples: [["agents/*.yaml", "agents/*.md"]],
    },
    vars: variables,
    defaults: refTo("defaults"),
    environments,
    agents,
    gates,
    checks: checksSchema,
    moved,
  },
  additionalProperties: false,
});

/** A file that agents.yaml includes. One that says nothing yet is fine. */
export const includedFileSchema: Schema = {
  title: "included file",
  description: "More agents of the agents.yaml that includes this file.",
  type: ["object", "null"],
  properties: { agents, moved },
  additionalProperties: false,
};
