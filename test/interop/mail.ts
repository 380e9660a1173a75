export interface MailPart {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
  /** Shown inside the HTML body under this Content-ID. */
  readonly contentId?: string;
}

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly parts: readonly MailPart[];
}

function base64Lines(content: Uint8Array): string {
  return Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n');
}

function entity(type: string, more: readonly string[], content: Uint8Array): string {
  return [`Content-Type: ${type}`, ...more, 'Content-Transfer-Encoding: base64', '', base64Lines(content)].join('\r\n');
}

function multipart(subtype: string, entities: readonly string[]): string {
  const boundary = `b-${subtype}`;
  const parts = entities.map((each) => `--${boundary}\r\n${each}\r\n`);
  return [`Content-Type: multipart/${subtype}; boundary="${boundary}"`, '', `${parts.join('')}--${boundary}--`].join(
    '\r\n',
  );
}

function attached({ name, type, content, contentId }: MailPart): string {
  const fileName = `filename*=UTF-8''${encodeURIComponent(name)}`;
  const inline = contentId === undefined ? [] : [`Content-ID: <${contentId}>`];
  return entity(
    type,
    [`Content-Disposition: ${inline.length > 0 ? 'inline' : 'attachment'}; ${fileName}`, ...inline],
    content,
  );
}

/** A mail as RFC 5322 bytes, written here so that no code of the library has a hand in what it must carry. */
export function rawMail({ subject, text, html, parts }: Mail): Uint8Array {
  const bodies = [entity('text/plain; charset=utf-8', [], Buffer.from(text))];
  if (html !== undefined) {
    const pictures = parts.filter(({ contentId }) => contentId !== undefined);
    bodies.push(
      multipart('related', [entity('text/html; charset=utf-8', [], Buffer.from(html)), ...pictures.map(attached)]),
    );
  }
  const files = parts.filter(({ contentId }) => contentId === undefined);
  return Buffer.from(
    [
      'From: =?utf-8?Q?Dr=2E_J=C3=BCrgen?= <j@example.org>',
      'To: "Ward 3" <ward@example.org>, b@example.org',
      `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
      'Date: Sun, 22 Nov 2026 05:30:00 +0100',
      'Message-ID: <1@example.org>',
      'MIME-Version: 1.0',
      multipart('mixed', [multipart('alternative', bodies), ...files.map(attached)]),
      '',
    ].join('\r\n'),
  );
}
