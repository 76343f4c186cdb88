// Changes an agent as somebody does who uses the console: `outside create JSON`, `outside edit NAME JSON`,
// `outside alias NAME ALIAS VERSION`, `outside default NAME VERSION`.
const server = process.env.AGENTVANE_SERVER_URL;
const [verb, name, ...rest] = process.argv.slice(2);

async function send(method, path, body) {
  const response = await fetch(`${server}/v1/agents${path}`, {
    method,
    headers: { authorization: "Bearer somebody", "content-type": "application/json" },
    body,
  });
  if (!response.ok)
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function idOf(wanted) {
  const { data } = await send("GET", "/pages?page_size=1000");
  const found = data.find((agent) => agent.name === wanted);
  if (found === undefined) throw new Error(`nobody is called ${wanted}`);
  return found.id;
}

switch (verb) {
  case "create":
    await send("POST", "", name);
    break;
  case "edit":
    await send("PATCH", `/${await idOf(name)}`, rest[0]);
    break;
  case "alias":
    await send("PUT", `/${await idOf(name)}/aliases?alias=${rest[0]}&version=${rest[1]}`);
    break;
  case "default":
    await send("PATCH", `/${await idOf(name)}/version?version=${rest[0]}`);
    break;
  default:
    throw new Error(`outside cannot ${verb}`);
}
