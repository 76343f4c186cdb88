/** A variable of the environment, and the flag whose commands read it. */
export type EnvironmentVariable = {
  readonly name: string;
  readonly doc: string;
  readonly readWith: string;
};

/** Every variable of the environment that commands read. */
export const environmentTable: readonly EnvironmentVariable[] = [
  {
    name: "MISTRAL_API_KEY",
    doc: "the API key; --local needs none",
    readWith: "server-url",
  },
  {
    name: "AGENTVANE_SERVER_URL",
    doc: "the server, where --server-url is not given",
    readWith: "server-url",
  },
  {
    name: "HTTPS_PROXY",
    doc: "the proxy on the way to an https server",
    readWith: "server-url",
  },
  {
    name: "NO_PROXY",
    doc: "hosts that are reached without it",
    readWith: "server-url",
  },
  {
    name: "AGENTVANE_ENV",
    doc: "the environment, where --env is not given",
    readWith: "env",
  },
  {
    name: "AGENTVANE_VAR_name",
    doc: "a variable of the configuration, where --var does not set it",
    readWith: "var",
  },
  {
    name: "AGENTVANE_PLAIN",
    doc: "steady lines instead of displays that move, for screen readers, when it is not empty",
    readWith: "server-url",
  },
  {
    name: "NO_COLOR",
    doc: "no colours when it is not empty",
    readWith: "no-color",
  },
];
