declare namespace M3M {
  /** "ann@example.com", "Ann <ann@example.com>", several with commas between, an object, or a list of all these. */
  type MailAddress = string | { name?: string; address: string } | (string | { name?: string; address: string })[]

  interface MailAttachment {
    /** A file of the storage. */
    path?: string
    /** Instead of a path: a text (as UTF-8) or bytes. */
    content?: string | ArrayBuffer | ArrayBufferView
    /** In any language; without it the name of the file. */
    filename?: string
    /** For instance "image/png"; without it by the ending of the name. */
    contentType?: string
    /** Makes it a part of the HTML, which shows it with <img src="cid:…">. */
    cid?: string
  }

  /** The mail server; without `host` the one of the project's environment (SMTP_HOST, SMTP_PORT, SMTP_USER, …). */
  interface MailServer {
    host?: string
    /** 587 without it, 465 with `secure`. */
    port?: number
    user?: string
    password?: string
    /** TLS from the first byte; the rule for port 465. */
    secure?: boolean
    /** true: required. false: never, and a password goes over an open line. Without it: when the server offers it. */
    starttls?: boolean
    /** false: any certificate will do. */
    verify?: boolean
    /** Certificates (PEM) that the server's one may be signed with. */
    ca?: string
    /** Seconds for everything; 20 without it, 300 at most. */
    timeout?: number
  }

  interface MailOptions extends MailServer {
    to?: MailAddress
    cc?: MailAddress
    bcc?: MailAddress
    /** Without it SMTP_FROM of the environment. */
    from?: MailAddress
    replyTo?: MailAddress
    /** A template when there is `data`, as `text` and `html` are. */
    subject?: string
    text?: string
    html?: string
    /** Paths in the storage, or objects. */
    attachments?: (string | MailAttachment)[]
    /** A file of the storage: "mails/hello.html", or "mails/hello" for hello.html and hello.txt together. */
    template?: string
    /** The values of the template, for {{ name }}; what goes into HTML is escaped. */
    data?: object
    /** Further headers, such as { "List-Unsubscribe": "<https://…>" }. */
    headers?: Record<string, string>
  }

  interface MailReceipt {
    messageId: string
    accepted: string[]
    /** Whom the server did not accept, with its words. When it accepts nobody, `send` throws. */
    rejected: { address: string; message: string }[]
  }

  /**
   * Errors have a `code`: "no_server", "dns_failed", "connect_failed", "tls_failed", "auth_failed", "timeout",
   * "recipient_refused", "sender_refused", "refused", "not_supported", "egress_refused", "bad_address", "bad_header",
   * "bad_template", "too_large", "too_many_recipients".
   */
  interface Mail {
    send(to: MailAddress, subject: string, text: string, options?: MailOptions): MailReceipt
    /**
     * Sends a mail and waits until the server has it.
     *
     * @example
     * smtp.send({
     *   to: "Ann <ann@example.com>",
     *   subject: "Your order {{ number }}",
     *   template: "mails/order.html",
     *   data: { number: 17, items },
     *   attachments: ["invoices/17.pdf"],
     * })
     */
    send(mail: MailOptions): MailReceipt

    sendAsync(to: MailAddress, subject: string, text: string, options?: MailOptions): Promise<MailReceipt>
    /**
     * The same as `send`, and lets other requests in meanwhile.
     *
     * @example
     * await smtp.sendAsync({ to: user.email, subject: "Welcome", text: "Good to have you here." })
     */
    sendAsync(mail: MailOptions): Promise<MailReceipt>

    /**
     * A template (jinja2) filled in, its values escaped for HTML unless `escape` is false.
     *
     * @example
     * const page = smtp.render("<p>Hi {{ name }}</p>{% for item in items %}<li>{{ item }}</li>{% endfor %}", { name, items })
     */
    render(template: string, data?: object, options?: { escape?: boolean }): string
  }
}

/** Mails with attachments and templates. */
declare const smtp: M3M.Mail
declare const $smtp: M3M.Mail

/** The same as `smtp`. */
declare const mail: M3M.Mail
declare const $mail: M3M.Mail
