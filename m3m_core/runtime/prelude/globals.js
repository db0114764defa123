// Modules: a global is made when it is first used.
const made = create(null), scripts = create(null), eager = [];

function hostObject(functions) {
  const host = create(null);
  for (let i = 0; i < functions.length; i++) {
    const { name, index, waits } = functions[i];
    host[name] = hostFunction(index);
    if (waits) host[`${name}Async`] = hostPromise(index);
  }
  return host;
}

// A script is one expression, a function; several may be read before it is known which of them will be used.
function read(source) { return source ? indirectEval(source) : undefined; }
function prepare(name, source) { scripts[name] = read(source); }

function makeModule(module) {
  if (made[module.name] === undefined) {
    const host = hostObject(decode(raw.functions(module.name)));
    const script = scripts[module.name] ?? read(raw.source(module.name));
    made[module.name] = script ? script(host, internals) : freeze(host);
  }
  return made[module.name];
}

function defineGlobal(name, make) {
  defineProperty(global, name, {
    configurable: true, enumerable: false,
    get() { const value = make(); define(name, value); return value; },
    set(value) { define(name, value); },
  });
}

// The engine seeds its own numbers when a context is made: all instances are forks of one, and would draw the same.
defineProperty(Math, "random", { __proto__: null, value: { random() { return raw.random(); } }.random, writable: true, configurable: true });

function define(name, value) {
  defineProperty(global, name, { __proto__: null, value, writable: true, configurable: true, enumerable: false });
}

function install(modules) {
  for (const module of parse(modules)) {
    if (module.exports.length) {
      for (const name of module.exports) defineGlobal(name, () => makeModule(module)[name]);
    } else {
      for (const name of module.globals) defineGlobal(name, () => makeModule(module));
    }
    if (module.eager) eager[eager.length] = module;
  }
}

function wake() { for (let i = 0; i < eager.length; i++) makeModule(eager[i]); }
