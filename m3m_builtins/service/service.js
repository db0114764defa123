(host, m3m) => {
  "use strict";
  const phases = ["boot", "start", "shutdown"];
  const module = {};

  // What is not closed stays open: one that fails does not keep those after it from their turn.
  async function end(fn) {
    try { await fn(); } catch (error) { m3m.fail("service.shutdown", error); }
  }

  // Several functions per phase, in the order of registration; each may be async, and the next one waits for it.
  for (const phase of phases) {
    const functions = [];
    let isOver = false;
    m3m.entry(phase, async () => {
      for (const fn of functions) await (phase === "shutdown" ? end(fn) : fn());
      isOver = true;
    });
    module[phase] = (fn) => {
      if (typeof fn !== "function") throw new TypeError(`service.${phase} wants a function`);
      if (isOver) throw Object.assign(new Error(`service.${phase} comes too late: this function would never run`), { code: "too_late" });
      functions.push(fn);
    };
  }
  module.shotdown = module.shutdown; // the name in the first draft of M3M, kept for code written for it
  module.info = () => {
    const { slug, version, run_id: runId, instance } = m3m.info;
    return { slug, version, runId, instance };
  };
  return module;
}
