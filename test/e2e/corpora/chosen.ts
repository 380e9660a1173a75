/** A mail of the corpora that is held against the browser's plain rendering. */
export interface Chosen {
  /** What it is there for. */
  readonly why: string;
  /** Block boxes that differ, by the names of their elements in the order of the document, and the rule of ours that makes them differ. */
  readonly apart?: { readonly boxes: readonly string[]; readonly reason: string };
}

const INLINE_PICTURES = 'pictures that are attachments';

export const CHOSEN: Readonly<Record<string, Chosen>> = {
  'mikel-mail/error_emails/content_transfer_encoding_with_8bits.eml': {
    why: 'a newsletter of 107 nested tables, with 35 remote pictures and 75 links',
  },
  'postal-mime/calendar-event.eml': {
    why: 'an invitation with 13 style sheets, media queries, tables for layout, and a hidden preview text',
    apart: {
      boxes: ['div'],
      reason: 'a height becomes the least height, so that no text is cut off or runs over what follows',
    },
  },
  'mikel-mail/error_emails/empty_group_lists.eml': { why: 'one table with a style attribute in each of its cells' },
  'mikel-mail/error_emails/content_transfer_encoding_with_semi_colon.eml': {
    why: 'a Mac’s mail: a style sheet, classes, and non-breaking spaces for layout',
  },
  'mikel-mail/error_emails/content_transfer_encoding_7-bit.eml': { why: 'long text with nothing but line breaks' },
  'mikel-mail/error_emails/content_transfer_encoding_empty.eml': { why: 'Cyrillic or Greek text, and a link' },
  'mikel-mail/error_emails/content_transfer_encoding_text-html.eml': { why: 'paragraphs with bare links' },
  'mikel-mail/error_emails/bad_subject.eml': { why: 'one remote picture that counts the readers' },
  'mikel-mail/error_emails/cant_parse_from.eml': { why: 'no body element, and a link that is its own label' },
  'mikel-mail/mime_emails/raw_email_with_illegal_boundary.eml': {
    why: 'Outlook Express: font elements, an empty style',
  },
  'mikel-mail/mime_emails/two_from_in_message.eml': { why: 'nested divisions with empty lines' },
  'mikel-mail/attachment_emails/attachment_message_rfc822_inline_image.eml': { why: INLINE_PICTURES },
  'mailparser/outofmemory.eml': { why: 'a megabyte of HTML in one paragraph of a message' },
  'stalwart/thirdparty/011.eml': { why: 'a line break and a picture within a paragraph' },
  'mailparser/spam.eml': { why: 'letters taken apart into elements with a style of their own' },
  'mailparser/nodemailer.eml': { why: INLINE_PICTURES },
  'mailparser/mixed.eml': { why: 'plain texts between two HTML parts' },
  'stalwart/legacy/021.eml': { why: 'Outlook: fonts by name and size, and a picture' },
  'stalwart/legacy/018.eml': { why: 'two pictures and German text in an old character set' },
  'stalwart/thirdparty/014.eml': { why: 'a style sheet with a body rule' },
};
