// XML as elements that know what is in them.
(host, faults) => {
  "use strict";
  const { valueOf } = faults;

  class XmlElement {
    constructor([name, attributes, children]) {
      this.name = name;
      this.attributes = attributes;
      this.children = children.map((child) => (typeof child === "string" ? child : new XmlElement(child)));
    }

    get text() { return this.children.map((child) => (typeof child === "string" ? child : child.text)).join(""); }

    all(name) { return this.children.filter((child) => child.name === name); }

    first(name) { return this.children.find((child) => child.name === name) ?? null; }
  }

  return { xmlParse: (text) => new XmlElement(valueOf(host.xmlParse(text))) };
}
