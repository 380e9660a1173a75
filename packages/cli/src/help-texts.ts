/** What stands behind the options in `sealpost help`. */

export const HELP = `
Examples:
  sealpost seal letter.eml -o securedoc.html     seal a mail; prints the passphrase
  sealpost open securedoc.html                   read it
  sealpost reissue old.html -o new.html          the same message, a new passphrase
  sealpost inspect securedoc.html                see what it shows to everybody
  sealpost keygen -o clinic.key                  make a key pair
  sealpost opener -o opener                      write a page that opens envelopes

Passphrases are never arguments. Exit codes: 0 done, 1 internal, 2 usage, 3 not an
envelope, 4 unknown version, 5 limit, 6 did not open, 7 damaged, 8 file or mail,
9 reply refused, 10 signature refused.`;

export const SEAL_HELP = `
Examples:
  sealpost seal letter.eml -o securedoc.html > passphrase.txt
  sealpost seal - -o - --passphrase-file agreed.txt < letter.eml > securedoc.html
  sealpost seal letter.eml -o securedoc.html --org "Example Clinic" --hint "We told you on the phone"
  sealpost seal letter.eml --cover-mail cover.eml --org "Example Clinic" --contact "+44 20 7946 0000"
  sealpost seal letter.eml -o securedoc.seal --recipient-key partner.key.pub
  sealpost seal letter.eml -o securedoc.html --reply reply --reply-identity clinic.key
  sealpost seal letter.eml -o securedoc.html --question-file questions.txt > code.txt
  sealpost seal letter.eml -o securedoc.html --sign-key signing.key`;

export const OPEN_HELP = `
Examples:
  sealpost open securedoc.html
  sealpost open received.eml --eml letter.eml --extract letter
  sealpost open securedoc.html --passphrase-file agreed.txt --json
  sealpost open reply.html --identity clinic.key --ledger taken --eml reply.eml
  sealpost open securedoc.html --verify-key signing.key.pub`;

export const REISSUE_HELP = `
Examples:
  sealpost reissue old.html -o new.html > passphrase.txt
  sealpost reissue old.html -o new.html --passphrase-file old.txt --new-passphrase-file agreed.txt
  sealpost reissue old.html -o new.html --identity archive.key --question-file questions.txt > code.txt
  sealpost reissue sent.eml --cover-mail cover.eml --cover-to ada@example.net > passphrase.txt`;

export const KEYGEN_HELP = `
Examples:
  sealpost keygen -o clinic.key --to 2027-12-31 > passphrase.txt
  sealpost seal letter.eml -o securedoc.seal --recipient-key clinic.key.pub
  sealpost open securedoc.seal --identity clinic.key --passphrase-file passphrase.txt
  sealpost keygen --sign -o signing.key
  sealpost keygen --sign -o next.key --succeeds signing.key`;

export const INSPECT_HELP = `
Examples:
  sealpost inspect securedoc.html
  sealpost inspect securedoc.html --json`;

export const OPENER_HELP = `
Examples:
  sealpost opener -o opener
  sealpost opener -o /var/www/open --force`;
