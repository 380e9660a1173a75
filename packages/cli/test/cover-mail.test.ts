import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { buildFirst, listing, put, sealpost, temporaryFolder, until, type Result } from './command.js';
import { makeMail, passphrase } from './material.js';

buildFirst();

/** A folder with a mail and a passphrase. */
function prepare(): string {
  const cwd = temporaryFolder();
  put(cwd, 'm.eml', makeMail());
  put(cwd, 'p', passphrase);
  return cwd;
}

const seal = ['seal', 'm.eml', '--passphrase-file', 'p'];

function read(cwd: string, file: string): string {
  return readFileSync(path.join(cwd, file), 'latin1');
}

describe('--cover-mail', () => {
  it.each([
    ['html', 'securedoc.html', 'text/html'],
    ['data', 'securedoc.seal', 'application/vnd.sealpost'],
  ])('writes a mail with the %s form, which opens', async (form, name, type) => {
    const cwd = prepare();
    const sealed = await sealpost([...seal, '--cover-mail', 'c.eml', '--form', form], { cwd });
    expect(sealed).toMatchObject({ code: 0, stdout: '', stderr: 'sealpost: wrote c.eml\n' });
    expect(listing(cwd)).toEqual(['c.eml', 'm.eml', 'p']);
    const mail = await simpleParser(read(cwd, 'c.eml'));
    expect(mail.from?.text).toBe('"Jürgen" <juergen@example.org>');
    expect([mail.subject, mail.messageId]).toEqual(['Secure message', '<one@example.org>']);
    expect(mail.attachments).toMatchObject([{ filename: name, contentType: type }]);
    const opened = await sealpost(['open', 'c.eml', '--passphrase-file', 'p'], { cwd });
    expect(opened.stdout).toMatch(/\n\nHello\.\n$/);
  });

  it('says of the data form where it opens, and links to nothing but the page of --opener', async () => {
    const cwd = prepare();
    const data = [...seal, '--form', 'data', '--force', '--cover-mail', 'c.eml'];
    await sealpost([...data, '--opener', 'https://o.example/'], { cwd });
    const named = await simpleParser(read(cwd, 'c.eml'));
    expect(named.text).toContain('Go to the opener page');
    expect(named.text).toContain('\n  https://o.example/\n');
    await sealpost(data, { cwd });
    const unnamed = await simpleParser(read(cwd, 'c.eml'));
    expect(unnamed.text?.replace(/\s+/g, ' ')).toContain(
      'with the command sealpost open. If you have neither, ask the sender.',
    );
    for (const { text, html } of [named, unnamed]) {
      expect(text).toContain('nothing is uploaded');
      expect(html).toContain('nothing is uploaded');
    }
    expect(`${unnamed.text ?? ''}${unnamed.html || ''}`).not.toMatch(/https?:/);
  });

  it('says what the sender gave, in the languages asked for', async () => {
    const cwd = prepare();
    const face = [
      '--org',
      'Example Clinic',
      '--contact',
      'Ward 3',
      '--hint',
      'By phone',
      '--opener',
      'https://o.example/',
    ];
    const options = ['--language', 'de,en', '--brand-color', '#1a5fb4', '--cover-subject', 'original'];
    await sealpost([...seal, '-o', 'e', '--cover-mail', 'c.eml', ...face, ...options], { cwd });
    const mail = await simpleParser(read(cwd, 'c.eml'));
    expect(mail.subject).toBe('A letter [-Encrypted-]');
    expect(mail.text).toMatch(/^Deutsch \/ English\n/);
    for (const body of [mail.text, mail.html]) {
      for (const value of ['Example Clinic', 'Ward 3', 'By phone', 'https://o.example/']) expect(body).toContain(value);
    }
    expect(mail.html).toContain('#1a5fb4');
    const inspected = await sealpost(['inspect', 'e', '--json'], { cwd });
    expect(JSON.parse(inspected.stdout)).toMatchObject({ face: { opener: 'https://o.example/' } });
    // Both carry the same envelope.
    expect(mail.attachments[0]?.content.toString('latin1').replaceAll('\r\n', '\n')).toBe(read(cwd, 'e'));
  });

  it('can be base64', async () => {
    const cwd = prepare();
    await sealpost([...seal, '-o', 'e', '--cover-mail', 'c.eml', '--cover-transfer', 'base64'], { cwd });
    expect(read(cwd, 'c.eml')).toContain('Content-Transfer-Encoding: base64\r\n');
    const mail = await simpleParser(read(cwd, 'c.eml'));
    expect(mail.attachments[0]?.content.toString('latin1')).toBe(read(cwd, 'e'));
  });

  it('never has the passphrase, which goes to standard output', async () => {
    const cwd = prepare();
    const sealed = await sealpost(['seal', 'm.eml', '--cover-mail', 'c.eml'], { cwd });
    expect(sealed.stdout).toMatch(/^[a-z-]+(?: [a-z-]+){4}\n$/);
    expect(read(cwd, 'c.eml')).not.toContain(sealed.stdout.trim());
    put(cwd, 'generated', sealed.stdout);
    expect(await sealpost(['open', 'c.eml', '--passphrase-file', 'generated'], { cwd })).toMatchObject({ code: 0 });
  });

  it('is not written where the passphrase could be read in it', async () => {
    const cwd = prepare();
    for (const hint of [`it is ${passphrase}`, `IT IS ${passphrase.toUpperCase().replaceAll(' ', '-')}`]) {
      const result = await sealpost([...seal, '-o', 'e', '--cover-mail', 'c.eml', '--hint', hint], { cwd });
      expect(result).toMatchObject({ code: 2, stdout: '' });
      expect(result.stderr).toBe(
        'sealpost: the passphrase stands in --hint, which anybody can read; tell it to the recipient another way\n',
      );
      expect(listing(cwd)).toEqual(['m.eml', 'p']);
    }
  });

  it.each([
    ['c.eml', '-'],
    ['-', 'e'],
  ])('can be alone on standard output: --cover-mail %s -o %s', async (cover, output) => {
    const cwd = prepare();
    const sealed = await sealpost(['seal', 'm.eml', '--cover-mail', cover, '-o', output], { cwd });
    expect(sealed.code).toBe(0);
    expect(sealed.stdout).toMatch(cover === '-' ? /^From: [^]*--\r\n$/ : /^<!doctype html>[^]*<\/html>\n$/);
    expect(sealed.stderr).toMatch(/^[a-z-]+(?: [a-z-]+){4}\n$/);
    expect(listing(cwd)).toEqual([cover === '-' ? 'e' : 'c.eml', 'm.eml', 'p']);
    put(cwd, 'generated', sealed.stderr);
    const opened = await sealpost(['open', '-', '--passphrase-file', 'generated'], { cwd, stdin: sealed.stdoutBytes });
    expect(opened.stdout).toMatch(/\n\nHello\.\n$/);
  });

  it('has no Bcc', async () => {
    const cwd = prepare();
    const bcc = Buffer.concat([Buffer.from('Bcc: blind-copy@example.net\r\n'), makeMail()]);
    await sealpost(['seal', '-', '--passphrase-file', 'p', '--cover-mail', 'c.eml'], { cwd, stdin: bcc });
    expect(read(cwd, 'c.eml')).toMatch(/^To: Ada <ada@example\.net>\r$/m);
    expect(read(cwd, 'c.eml')).not.toContain('blind-copy');
  });

  it('needs a sender', async () => {
    const cwd = prepare();
    const result = await sealpost(['seal', '-', '-o', 'e', '--cover-mail', 'c.eml'], {
      cwd,
      stdin: 'To: ada@example.net\r\n\r\nHello.\r\n',
    });
    expect(result).toMatchObject({ code: 8, stdout: '' });
    expect(result.stderr).toBe('sealpost: the mail has no sender (From), which a cover mail needs\n');
    expect(listing(cwd)).toEqual(['m.eml', 'p']);
  });
});

describe('a mail that is no cover mail', () => {
  const sealMail = async (header: string, ...args: string[]): Promise<Result> => {
    const cwd = prepare();
    const options = ['--passphrase-file', 'p', '--cover-mail', 'c.eml'];
    const result = await sealpost(['seal', '-', ...options, ...args], { cwd, stdin: `${header}\r\n\r\nHello.\r\n` });
    expect(listing(cwd)).toEqual(result.code === 0 ? ['c.eml', 'm.eml', 'p'] : ['m.eml', 'p']);
    return result;
  };

  it.each([
    [
      'ward@example.org',
      `${'a'.repeat(901)}@example.net`,
      "the mail's To holds an address of more than 900 characters",
    ],
    [
      'ward@example.org',
      `${'ü'.repeat(600)}@example.net`,
      "the mail's header holds a value that is too long for a line of mail",
    ],
  ])('ends with 8, and says why', async (from, to, why) => {
    expect(await sealMail(`From: ${from}\r\nTo: <${to}>`)).toMatchObject({
      code: 8,
      stderr: `sealpost: ${why}\nsealpost: hint: leave --cover-mail out, and attach the envelope to a mail of your own\n`,
    });
  });

  it('for the passphrase in its subject ends with 2', async () => {
    const header = `From: ward@example.org\r\nSubject: it is ${passphrase}`;
    expect(await sealMail(header, '--cover-subject', 'original')).toMatchObject({
      code: 2,
      stderr:
        "sealpost: the passphrase stands in the mail's Subject, which anybody can read; tell it to the recipient another way\n",
    });
    expect(await sealMail(header)).toMatchObject({ code: 0 });
  });
});

describe('an address outside ASCII', () => {
  it.each([
    ['jörg@example.org', true],
    ['joerg@süd.example', false],
  ])('of %s draws a warning: %s', async (address, warned) => {
    const cwd = prepare();
    const stdin = `From: <${address}>\r\nSubject: Grüße\r\n\r\nHello.\r\n`;
    const result = await sealpost(['seal', '-', '--passphrase-file', 'p', '--cover-mail', 'c.eml'], { cwd, stdin });
    expect(result.code).toBe(0);
    expect(result.stderr.includes('SMTPUTF8')).toBe(warned);
  });
});

describe('the file of a cover mail', () => {
  it('has the usual mode', async () => {
    const cwd = prepare();
    await sealpost([...seal, '--cover-mail', 'c.eml'], { cwd });
    writeFileSync(path.join(cwd, 'usual'), '');
    expect(statSync(path.join(cwd, 'c.eml')).mode).toBe(statSync(path.join(cwd, 'usual')).mode);
  });

  it('is not written over another without --force, nor is the envelope without it', async () => {
    const cwd = prepare();
    put(cwd, 'c.eml', 'precious');
    const args = [...seal, '-o', 'e', '--cover-mail', 'c.eml'];
    const refused = await sealpost(args, { cwd });
    expect(refused).toMatchObject({ code: 8, stdout: '' });
    expect(refused.stderr).toBe(
      'sealpost: c.eml exists already\nsealpost: hint: choose another name, or use --force\n',
    );
    expect(listing(cwd)).toEqual(['c.eml', 'm.eml', 'p']);
    expect(read(cwd, 'c.eml')).toBe('precious');
    expect(await sealpost([...args, '--force'], { cwd })).toMatchObject({
      code: 0,
      stderr: 'sealpost: wrote e\nsealpost: wrote c.eml\n',
    });
    expect(read(cwd, 'c.eml')).toMatch(/^From: /);
    expect(listing(cwd)).toEqual(['c.eml', 'e', 'm.eml', 'p']);
  });

  it('comes and goes with the envelope', async () => {
    const cwd = prepare();
    put(cwd, 'e', 'OLD');
    put(cwd, 'c.eml', 'OLD');
    const before = listing(cwd);
    const args = ['seal', 'm.eml', '-o', 'e', '--cover-mail', 'c.eml', '--force'];
    expect(await sealpost(args, { cwd, redirect: '>/dev/full' })).toMatchObject({ code: 8 });
    expect([read(cwd, 'e'), read(cwd, 'c.eml'), listing(cwd)]).toEqual(['OLD', 'OLD', before]);
  });

  it('is not there after a signal', async () => {
    const cwd = prepare();
    const result = await sealpost(['seal', '-', '-o', 'e', '--cover-mail', 'c.eml'], {
      cwd,
      whileRunning: async (child) => {
        await until(() => listing(cwd).filter((name) => name.includes('.sealpost-')).length === 2);
        child.kill('SIGTERM');
      },
    });
    expect(result).toMatchObject({ code: null, signal: 'SIGTERM' });
    expect(listing(cwd)).toEqual(['m.eml', 'p']);
  });

  it('whose passphrase would be lost is not written', async () => {
    const cwd = prepare();
    const result = await sealpost(['seal', 'm.eml', '--cover-mail', '-'], { cwd, redirect: '2>&-' });
    expect(result).toMatchObject({ code: 8, stdout: '' });
  });
});
