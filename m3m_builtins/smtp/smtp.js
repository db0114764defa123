// send({to, subject, …}) and, as in the Go M3M, send(to, subject, text, options).
(host) => {
  "use strict";
  const isOptions = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  function mailOf(first, subject, text, options) {
    if (subject === undefined && text === undefined && isOptions(first)) return first;
    if (options !== undefined && options !== null && !isOptions(options)) throw new TypeError("send: options are an object");
    return { ...options, to: first, subject, text };
  }

  function render(template, data, { escape = true } = {}) {
    return host.render(template, data, escape === true);
  }

  return Object.freeze({
    send: (...mail) => host.send(mailOf(...mail)),
    sendAsync: async (...mail) => host.sendAsync(mailOf(...mail)),
    render,
  });
}
