// send({to, subject, …}) and, as in the Go M3M, send(to, subject, text, options).
(host, m3m) => {
  "use strict";
  const SERVER = ["host", "port", "user", "password", "secure", "starttls", "verify", "ca", "timeout"];
  const MAIL = ["to", "cc", "bcc", "from", "replyTo", "subject", "text", "html", "attachments", "template", "data", "headers", ...SERVER];
  const isOptions = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  function mailOf(first, subject, text, options) {
    if (subject === undefined && text === undefined && isOptions(first)) return m3m.options("smtp.send", first, MAIL);
    return { ...m3m.options("smtp.send", options, MAIL), to: first, subject, text };
  }

  function render(template, data, options) {
    const { escape = true } = m3m.options("smtp.render", options, ["escape"]);
    return host.render(template, data, escape === true);
  }

  return Object.freeze({
    send: (...mail) => host.send(mailOf(...mail)),
    sendAsync: async (...mail) => host.sendAsync(mailOf(...mail)),
    render,
  });
}
