/** Names of cases, and the bytes of a file (section 8). */
export type TextCase = readonly [name: string, file: Uint8Array];

const HEADER = '<script type="application/vnd.sealpost.header+json" id="sealpost-header">';

function payloadTag(name: string): string {
  return `<script type="application/vnd.sealpost.payload" id="sealpost-payload-${name}">`;
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function utf16(text: string, order: 'le' | 'be', mark: string): Uint8Array {
  const bytes = Buffer.from(mark + text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

function transported(name: string, text: string): readonly TextCase[] {
  return [
    [`${name}, UTF-16LE with a mark`, utf16(text, 'le', '\ufeff')],
    [`${name}, UTF-16LE`, utf16(text, 'le', '')],
    [`${name}, UTF-16BE with a mark`, utf16(text, 'be', '\ufeff')],
    [`${name}, UTF-16BE`, utf16(text, 'be', '')],
    [`${name}, UTF-16 and a byte more`, Buffer.concat([utf16(text, 'le', '\ufeff'), latin1('A')])],
    ...[
      ['a byte order mark', `\xef\xbb\xbf${text}`],
      ['two byte order marks', `\xef\xbb\xbf\xef\xbb\xbf${text}`],
      ['CRLF', text.replaceAll('\n', '\r\n')],
      ['CR', text.replaceAll('\n', '\r')],
      ['CR CRLF', text.replaceAll('\n', '\r\r\n')],
      ['blanks at line ends', text.replaceAll('\n', ' \t\n')],
      ['white lines before', `\n \t\f\n${text}`],
      ['indented', `  ${text.replaceAll('\n', '\n  ')}`],
      ['a no-break space before', `\xa0${text}`],
      ['a vertical tab before', `\v${text}`],
      ['a zero before', `\0${text}`],
      ['a zero second', `<\0${text}`],
    ].map(([what, changed]): TextCase => [`${name}, ${what}`, latin1(changed ?? '')]),
  ];
}

/** Cases of the data form, made of a right one with one block. */
export function dataFormCases(file: Uint8Array): readonly TextCase[] {
  const text = Buffer.from(file).toString('latin1');
  const [first = '', header = '', , block = '', , end = ''] = text.split('\n');
  const firstLine = (line: string) => text.replace(first, line);
  const lines = (...all: readonly string[]) => all.join('\n');
  const inPayload = (bytes: string) =>
    lines(first, header, '', block.slice(0, 50) + bytes + block.slice(50), '', end, '');
  const inHeader = (bytes: string) =>
    lines(first, header.slice(0, 50) + bytes + header.slice(50), '', block, '', end, '');
  const cases: Record<string, string> = {
    unchanged: text,
    'empty file': '',
    'white file': ' \n',
    'first line alone': first,
    'first line and no header': `${first}\n`,
    'other version alone': 'sealpost/2',
    'other version and a line end': 'sealpost/2\n',
    'other version and blanks': 'sealpost/2  ',
    'other version, cut off in the header': text.replace('{"v":1', '{"v":2').slice(0, 40),
    'header alone': lines(first, header),
    'header and a white line': lines(first, header, '', ''),
    'header cut off': lines(first, header.slice(0, -10)),
    'no block': lines(first, header, '', end),
    'no end block': lines(first, header, '', block),
    'white line before the header': lines(first, '', header, '', block, '', end, ''),
    'white line in the header': inHeader('\n\n'),
    'white line in the block': inPayload('\n\n'),
    'no white line before the end block': lines(first, header, '', block, end, ''),
    'no white line before the block': lines(first, header, block, '', end, ''),
    'more white lines': lines(first, header, '', ' ', '', block, '', '\t', end, '', '', ''),
    'end block in two lines': lines(first, header, '', block, '', end.slice(0, 7), end.slice(7), ''),
    'end block in two blocks': lines(first, header, '', block, '', end.slice(0, 7), '', end.slice(7), ''),
    'end block twice': lines(first, header, '', block, '', end, '', end, ''),
    'block twice': lines(first, header, '', block, '', block, '', end, ''),
    'header twice': lines(first, header, '', header, '', block, '', end, ''),
    'header at the end': lines(first, header, '', block, '', end, '', header),
    'text behind': `${text}\nhello\n`,
    'text at the end block': `${text}hello\n`,
    'fifteen digits behind': `${text}\n123456789012345\n`,
    'the file twice': text + text,
    'the file twice, a white line between': `${text}\n${text}`,
    'end block of 14 digits': lines(first, header, '', block, '', end.slice(1), ''),
    'end block not in base85': lines(first, header, '', block, '', `${end.slice(0, 14)}"`, ''),
    'end block of two blocks': lines(first, header, '', block, '', `00002${end.slice(5)}`, ''),
    'end block of another header': lines(first, header, '', block, '', `${end.slice(0, 5)}${'0'.repeat(10)}`, ''),
    'white line of a form feed': lines(first, header, '\f', block, '\f', end, ''),
    'white line of a vertical tab': lines(first, header, '\v', block, '', end, ''),
    'white line of a next-line character': lines(first, header, '\x85', block, '', end, ''),
    'text behind the header': lines(first, header, 'x', '', block, '', end, ''),
    'a digit less': lines(first, header, '', block.slice(0, -1), '', end, ''),
    'a group less': lines(first, header, '', block.slice(0, -5), '', end, ''),
    'shorter than a preamble': lines(first, header, '', block.slice(0, 50), '', end, ''),
    'shorter than a tag': lines(first, header, '', block.slice(0, 88), '', end, ''),
    'a group beyond 2^32': lines(first, header, '', `~~~~~${block.slice(5)}`, '', end, ''),
  };
  for (const line of [
    'sealpost/2',
    'sealpost/0',
    'sealpost/01',
    'sealpost/',
    'sealpost/1x',
    'sealpost/1 x',
    'Sealpost/1',
    'sealpost/123456789',
    'sealpost/1234567890',
  ])
    cases[`first line ${line}`] = firstLine(line);
  for (const bytes of [' ', '\f', '\v', '\0', '\xa0', '\xc2\xa0', '\x85', '\xef\xbb\xbf', '"'])
    Object.assign(cases, {
      [`${JSON.stringify(bytes)} in the payload`]: inPayload(bytes),
      [`${JSON.stringify(bytes)} in the header`]: inHeader(bytes),
    });
  for (const start of ['{"', '  {"', '\n  {"', '{ "', '{\n"', '{'])
    cases[`end block after ${JSON.stringify(start)}`] = lines(first, header, '', block, '', start + end, '');
  return [
    ...Object.entries(cases).map(([name, changed]): TextCase => [name, latin1(changed)]),
    ...transported('data form', text),
  ];
}

/** Cases of the HTML form, made of a right one with one block. */
export function htmlCases(file: Uint8Array): readonly TextCase[] {
  const text = Buffer.from(file).toString('latin1');
  const element = (tag: string) => text.slice(text.indexOf(tag), text.indexOf('</script>', text.indexOf(tag)) + 9);
  const header = element(HEADER);
  const block = element(payloadTag('0'));
  const end = element(payloadTag('end'));
  const page = (...elements: readonly string[]) => `${elements.join('\n')}\n`;
  const named = (name: string) => block.replace('-0"', `-${name}"`);
  const unclosed = (closed: string) => closed.replace('</script>', '');
  const cases: Record<string, string> = {
    'elements alone': page(header, block, end),
    'no header': page(block, end),
    'no block': page(header, end),
    'no end block': page(header, block),
    'header alone': page(header),
    'empty header': page(HEADER, '</script>', block, end),
    'header twice': page(header, header, block, end),
    'header at the end': page(block, end, header),
    'header in the middle': page(block, header, end),
    'second header at the end': page(header, block, end, header),
    'end block first': page(header, end, block),
    'end block before the header': page(end, header, block),
    'block twice': page(header, block, block, end),
    'end block twice': page(header, block, end, end),
    'block 1 behind the end block': page(header, block, end, named('1')),
    'block 1 without block 0': page(header, named('1'), end),
    'empty block 1': page(header, block, payloadTag('1'), '</script>', end),
    'one line': header + block + end,
    'indented header': page(` ${header}`, block, end),
    'indented block': page(header, ` ${block}`, end),
    'indented end block': page(header, block, ` ${end}`),
    'indented second header': page(header, ` ${header}`, block, end),
    'text in the line of the start tag': page(...[header, block, end].map((each) => each.replace('>\n', '>'))),
    'blanks behind the start tag': page(...[header, block, end].map((each) => each.replace('>\n', '> \t\n'))),
    'end tag in the line of the text': page(...[header, block, end].map((each) => each.replace('\n</', '</'))),
    'start tag in capitals': page(header.replace('script', 'SCRIPT'), block, end),
    'end tag in capitals': page(header.replace('/script', '/SCRIPT'), block, end),
    'last end tag in capitals': page(header, block, end.replace('/script', '/SCRIPT')),
    'end tag with a blank': page(header, block.replace('/script>', '/script >'), end),
    'header not closed': page(unclosed(header), block, end),
    'header alone, not closed': page(unclosed(header)),
    'block not closed': page(header, unclosed(block), end),
    'block not closed at the end': page(header, unclosed(block)),
    'end block not closed': page(header, block, unclosed(end)),
    'header in a comment': page('<!--', header, '-->', header, block, end),
    'header in a block': page(header, payloadTag('0'), header, block, end),
    'header in a header': page(HEADER, header, block, end),
    'block in a header': page(HEADER, block, header, end),
    'header in a block that is not closed': page(unclosed(block), header, block, end),
    'start of a header behind the end': page(header, block, end, HEADER),
    'start of a header in a block that is not closed': page(header, unclosed(block), HEADER),
    'header not closed behind a block': page(block, HEADER),
    'blocks in another script': page(header, '<script>', block, end),
    'other version and two headers': page(header.replace('"v":1', '"v":2'), header, block, end),
    'other version and no block': page(header.replace('"v":1', '"v":2'), end),
    'white lines': page(
      header.replace('{"v"', '\n\n{"v"'),
      block.replace('>\n', '>\n\n\n'),
      end.replace('>\n', '>\n\n'),
    ),
    'end block of 14 digits': page(header, block, end.replace('00001', '0001')),
    'end block of 20 digits': page(header, block, end.replace('00001', '0000000001')),
    'other bytes before': page('caf\xe9 \xff\xfe \0', header, block, end),
    'half a character before the header': page('', `\xe2\x80${header}`, block, end),
    'a line separator before the header': page(`\xe2\x80\xa8${header}`, block, end),
    'a next-line character before the header': page(`\x85${header}`, block, end),
    'a mark before the header': page('', `\xef\xbb\xbf${header}`, block, end),
    'first line of the data form': page('sealpost/1', header, block, end),
    'first line of another version': page('sealpost/2', header, block, end),
    'first line that is no version': page('sealpost/1x', header, block, end),
  };
  for (const name of ['', '00', '01', 'x', 'x y', '+1', '1e0', '1 ', ' 1', '9'.repeat(20)])
    cases[`a block named ${JSON.stringify(name)}`] = page(header, block, named(name), end);
  const starts = [
    payloadTag('1').replace('>', ' >'),
    payloadTag('1').replace('>', ''),
    payloadTag('1').replace('1">', ''),
    payloadTag('1').replace('-1">', ''),
    payloadTag('1').replace(' id', '  id'),
    HEADER.replace('>', ' >'),
    HEADER.replaceAll('"', "'"),
  ];
  for (const start of starts) {
    cases[`${start} before the end block`] = page(header, block, start, '</script>', end);
    cases[`${start} at the end`] = page(header, block, end, start);
    cases[`${start} before the header`] = page(start, '</script>', header, block, end);
  }
  return [
    ...Object.entries(cases).map(([name, changed]): TextCase => [name, latin1(changed)]),
    ...transported('page', text),
  ];
}

/** Cases of a data form with two blocks. */
export function blockCases(file: Uint8Array): readonly TextCase[] {
  const text = Buffer.from(file).toString('latin1');
  const [head = '', first = '', second = '', end = ''] = text.trimEnd().split('\n\n');
  const counted = (count: number) => end.replace(/^00002/, `0000${count}`);
  const cases: Record<string, readonly string[]> = {
    'two blocks': [head, first, second, end],
    'the first missing': [head, second, end],
    'the first missing, and counted so': [head, second, counted(1)],
    'the second missing, and counted so': [head, first, counted(1)],
    'in another order': [head, second, first, end],
    'a group moved forward': [head, first.slice(0, -5), first.slice(-5) + second, end],
    'a group moved backward': [head, first + second.slice(0, 5), second.slice(5), end],
    'in one, and counted so': [head, first + second, counted(1)],
    'in three, and counted so': [head, first.slice(0, 985), first.slice(985), second, counted(3)],
    'a digit of the second changed': [head, first, second.replace(/^./, (digit) => (digit === '0' ? '1' : '0')), end],
  };
  return Object.entries(cases).map(([name, blocks]): TextCase => [name, latin1(`${blocks.join('\n\n')}\n`)]);
}
