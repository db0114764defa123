// What the host reads: its value, or a SyntaxError with position, line and column.
(() => {
  "use strict";

  function thrown({ message, ...place }) {
    return Object.assign(new SyntaxError(message), { code: "syntax" }, place);
  }

  function valueOf(outcome) {
    if (Object.hasOwn(outcome, "error")) throw thrown(outcome.error);
    return outcome.value;
  }

  return { thrown, valueOf };
})()
