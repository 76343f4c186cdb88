import { afterEach, describe, expect, test } from "vitest";
import { awkward, variantsNamed } from "./behaviour-variants.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import { agentNamed, applied, beaten, justBefore, methodsOf, pointers } from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const isPatch = ({ method }: { readonly method: string }) => method === "PATCH";

// Which version a PATCH starts from, its number, and whether equal ones count: all of it tells who wrote what.
describe.each([...variantsNamed("the likely behaviour", "PATCH onto the newest version"), awkward])(
  "under %s",
  (_name, behaviour) => {
    const first = behaviour.first_version ?? 0;

    test("17: another writer just before our PATCH: 4, both versions named, theirs stays, no alias moves", async () => {
      stage = await setStage(behaviour);
      await applied(stage, { triage: prod, billing: prod });
      const { id } = agentNamed(stage, "triage");
      // Of triage: which of the two is written first is nobody's promise.
      const isItsPatch = (request: Parameters<typeof isPatch>[0] & { readonly path: string }) =>
        isPatch(request) && request.path.includes(id);
      justBefore(stage, isItsPatch, () => {
        stage.emulator.control.editAgent(id, { description: "theirs" });
      });
      const said = await beaten(stage, {
        triage: { instructions: "ours", ...prod },
        billing: { instructions: "ours", ...prod },
      });
      expect(said).toContain(`version ${first + 1}`);
      expect(said).toContain(`version ${first + 2}`);
      expect(pointers(stage)).toEqual({
        triage: { default: first + 1, prod: first },
        billing: { default: first, prod: first },
      });
      expect(stage.emulator.control.agent(id)?.versions).toHaveLength(3);
      expect(stage.emulator.control.shown(id).description).toBe("theirs");
      expect(methodsOf(stage.takeWrites())).not.toContain("PUT");
    });

    test.each([
      ["lost", { effect: "lose_answer" }],
      ["and the request lost", { effect: "lose_request" }],
    ] as const)(
      "17: another writer, and our answer %s: 4, theirs stays, no alias moves",
      async (_lost, fault) => {
        stage = await setStage(behaviour);
        await applied(stage, { triage: prod });
        const { id } = agentNamed(stage, "triage");
        stage.emulator.faults.add({ method: "PATCH", ...fault });
        justBefore(stage, isPatch, () => {
          stage.emulator.control.editAgent(id, { description: "theirs" });
        });
        const said = await beaten(stage, { triage: { instructions: "ours", ...prod } });
        expect(said).toContain(`version ${first + 1}`);
        // A request that never arrived made no version of ours that could be named.
        if (fault.effect === "lose_answer") expect(said).toContain(`version ${first + 2}`);
        expect(pointers(stage)).toEqual({ triage: { default: first + 1, prod: first } });
        expect(stage.emulator.control.shown(id).description).toBe("theirs");
      },
    );

    test("17: another writer on top of ours, whose answer was lost: 4, theirs stays, no alias moves", async () => {
      stage = await setStage(behaviour);
      await applied(stage, { triage: prod });
      const { id } = agentNamed(stage, "triage");
      stage.emulator.faults.add({ method: "PATCH", effect: "lose_answer" });
      let isPatched = false;
      justBefore(
        stage,
        (request) => {
          isPatched ||= isPatch(request);
          return isPatched && request.method === "GET";
        },
        () => {
          stage.emulator.control.editAgent(id, { description: "theirs" });
        },
      );
      const said = await beaten(stage, { triage: { instructions: "ours", ...prod } });
      expect(said).toContain(`version ${first + 1}`);
      expect(said).toContain(`version ${first + 2}`);
      expect(pointers(stage)).toEqual({ triage: { default: first + 2, prod: first } });
    });
  },
);

describe("17: another writer", () => {
  test("moves the alias before we do: 4, theirs stays, ours go back", async () => {
    stage = await setStage();
    await applied(stage, { a: prod, b: prod });
    await applied(stage, { a: { description: "1", ...prod }, b: { description: "1", ...prod } });
    const { id } = agentNamed(stage, "b");
    justBefore(
      stage,
      ({ method }) => method === "PUT",
      () => {
        stage.emulator.control.setAlias(id, "prod", 0);
      },
    );
    const said = await beaten(
      stage,
      { a: { description: "2", ...prod }, b: { description: "2", ...prod } },
      "--parallelism 1",
    );
    expect(said).toContain("prod");
    expect(pointers(stage)).toMatchObject({ a: { default: 1, prod: 1 }, b: { prod: 0 } });
  });

  test("writes between our PATCH and the release, and the run fails: their default is left alone", async () => {
    stage = await setStage();
    await applied(stage, { a: prod });
    const { id } = agentNamed(stage, "a");
    stage.emulator.faults.add({ method: "PUT", status: 422, times: null });
    justBefore(
      stage,
      ({ method }) => method === "PUT",
      () => {
        stage.emulator.control.editAgent(id, { description: "theirs" });
      },
    );
    stage.write(acme({ a: { instructions: "ours", ...prod } }));
    const { code, err } = await stage.run("apply --auto-approve");
    expect([4, 5], err).toContain(code);
    expect(pointers(stage)).toEqual({ a: { default: 2, prod: 0 } });
    expect(stage.emulator.control.shown(id).description).toBe("theirs");
  });

  test("deletes the agent before our PATCH: not 0, nothing is released", async () => {
    stage = await setStage();
    await applied(stage, { a: prod, b: prod });
    const { id } = agentNamed(stage, "a");
    justBefore(stage, isPatch, () => stage.emulator.control.remove(id));
    stage.write(acme({ a: { description: "x", ...prod }, b: { description: "x", ...prod } }));
    const { code, err } = await stage.run("apply --auto-approve");
    expect([4, 5, 6], err).toContain(code);
    expect(pointers(stage)).toEqual({ b: { default: 0, prod: 0 } });
  });

  test("edits an agent that is about to be deleted: it stays", async () => {
    stage = await setStage();
    await applied(stage, { a: prod, old: {} });
    const { id } = agentNamed(stage, "old");
    justBefore(stage, isPatch, () => {
      stage.emulator.control.editAgent(id, { description: "in use" });
    });
    stage.write(acme({ a: { description: "x", ...prod } }));
    const { code, err } = await stage.run("apply --auto-approve --prune");
    expect([4, 6], err).toContain(code);
    expect(stage.emulator.control.agent(id)).toBeDefined();
    expect(pointers(stage).a).toEqual({ default: 1, prod: 1 });
  });
});
