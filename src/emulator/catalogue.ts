import type { JsonObject } from "./json.ts";

/** A document library that `document_library` tools search. */
export type Library = { readonly id: string; readonly name: string };

/** A connector that `connector` tools name, with the names of its tools. */
export type Connector = {
  readonly id: string;
  readonly name: string;
  readonly tools: readonly string[];
};

/** What agents refer to: models, libraries, connectors. */
export type Catalogue = {
  readonly models: readonly string[];
  /** Fields that differ from the default row of a model. */
  readonly modelCards?: { readonly [model: string]: JsonObject };
  readonly libraries: readonly Library[];
  readonly connectors: readonly Connector[];
};

/** The catalogue of a new emulator. */
export const seededCatalogue: Catalogue = {
  models: [
    "mistral-large-latest",
    "mistral-medium-latest",
    "mistral-medium-2508",
    "mistral-small-latest",
    "magistral-medium-latest",
    "codestral-latest",
  ],
  libraries: [{ id: "0198a6c0-1111-7000-8000-0000000000b1", name: "product-docs" }],
  connectors: [
    {
      id: "0198a6c0-2222-7000-8000-0000000000c1",
      name: "crm",
      tools: ["find_customer", "update_customer"],
    },
    { id: "0198a6c0-2222-7000-8000-0000000000c2", name: "gmail", tools: ["search", "send"] },
  ],
};

const seededAt = "2026-01-05T09:00:00.000000Z";
const workspaceId = "0198a6c0-3333-7000-8000-0000000000d1";

/** A row of GET /v1/models (Mistral API reference, BaseModelCard). */
export function modelAnswer(id: string, card: JsonObject = {}): JsonObject {
  return {
    id,
    object: "model",
    created: 1767603600,
    owned_by: "mistralai",
    name: id,
    description: null,
    max_context_length: 131072,
    aliases: [],
    deprecation: null,
    deprecation_replacement_model: null,
    default_model_temperature: 0.3,
    type: "base",
    capabilities: {
      completion_chat: true,
      function_calling: true,
      completion_fim: false,
      fine_tuning: false,
      vision: false,
      ocr: false,
      classification: false,
      moderation: false,
      audio: false,
    },
    ...card,
  };
}

/** The answer of GET /v1/users/me (Mistral API reference, users): the owner of the key. */
export function callerAnswer(name: string): JsonObject {
  return {
    id: "0198a6c0-4444-7000-8000-0000000000e1",
    email: null,
    first_name: null,
    last_name: null,
    workspace: { id: workspaceId, name },
    organization: { id: "0198a6c0-5555-7000-8000-0000000000f1", name: "Emulated" },
    api_key: { id: "0198a6c0-6666-7000-8000-0000000000f2", name: null },
  };
}

/** A row of GET /v1/libraries (Mistral API reference, Library). */
export function libraryAnswer({ id, name }: Library): JsonObject {
  return {
    id,
    name,
    created_at: seededAt,
    updated_at: seededAt,
    owner_id: workspaceId,
    owner_type: "Workspace",
    total_size: 0,
    nb_documents: 0,
    chunk_size: null,
    description: null,
  };
}

/** A row of GET /v1/connectors (Mistral API reference, Connector). */
export function connectorAnswer({ id, name }: Connector): JsonObject {
  return {
    id,
    name,
    description: "",
    created_at: seededAt,
    modified_at: seededAt,
    server: `https://${name}.example.com/mcp`,
    owner_id: workspaceId,
    owner_type: "workspace",
    visibility: "shared_workspace",
    private_tool_execution: false,
    mistral: false,
    active: true,
    tools: null,
    protocol: "mcp",
  };
}

/** A row of GET /v1/connectors/{id_or_name}/tools. */
export function connectorToolAnswer(name: string): JsonObject {
  return { name, description: "", inputSchema: { type: "object", properties: {} } };
}
