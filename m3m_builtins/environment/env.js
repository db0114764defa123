// Values of the project's environment; the host keeps them, each call gets its own copy.
(host) => {
  "use strict";
  function get(key, fallback) {
    const found = host.get(`${key}`);
    return found === undefined ? fallback : found[0];
  }

  return Object.freeze({ get, has: (key) => host.has(`${key}`), keys: () => host.keys(), all: () => host.all() });
}
