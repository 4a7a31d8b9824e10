import { decodeBody } from '../../../nodes/shared/wire/decodeBody';
import { growthOf, STILL_LINEAR } from '../../support/growth';

/** Made with iconv, not with this project's code. */
const NI_HAO = {
	'utf-8': 'e4bda0e5a5bd',
	gbk: 'c4e3bac3',
	big5: 'a741a66e',
	'utf-16le': '604f7d59',
	'utf-16be': '4f60597d',
} as const;

const bytes = (...hex: string[]) => Buffer.from(hex.join(''), 'hex');
const ascii = (text: string) => Buffer.from(text, 'latin1').toString('hex');

test('is UTF-8 where nothing is said', () => {
	expect(decodeBody(bytes(NI_HAO['utf-8']), '')).toBe('你好');
	expect(decodeBody(Buffer.from('{"a":"😀"}'), 'application/json')).toBe('{"a":"😀"}');
	expect(decodeBody(new Uint8Array(), 'text/html')).toBe('');
});

test.each<[keyof typeof NI_HAO, string]>([
	['gbk', 'text/html; charset=gbk'],
	['gbk', 'text/html;charset="GBK"'],
	['gbk', "text/html; CHARSET = 'gb2312'"],
	['gbk', 'text/xml; charset=gb18030; boundary=x'],
	['big5', 'text/plain; charset=big5'],
	['utf-16le', 'text/plain; charset=utf-16le'],
	['utf-16be', 'text/plain; charset=UTF-16BE'],
	['utf-8', 'application/json; charset=utf-8'],
	['utf-8', 'application/json; charset=utf8'],
	['utf-8', 'application/json; charset=no-such-charset'],
	['utf-8', 'application/json; charset='],
])('%s by the content type %s', (charset, contentType) => {
	expect(decodeBody(bytes(NI_HAO[charset]), contentType)).toBe('你好');
});

test.each<[keyof typeof NI_HAO, string]>([
	['utf-8', 'efbbbf'],
	['utf-16le', 'fffe'],
	['utf-16be', 'feff'],
])('%s by its byte order mark, whatever the content type says', (charset, mark) => {
	const body = bytes(mark, NI_HAO[charset]);
	expect(decodeBody(body, 'text/plain; charset=gbk')).toBe('你好');
	expect(decodeBody(body, '')).toBe('你好');
});

test.each<[string, string, keyof typeof NI_HAO]>([
	['<?xml version="1.0" encoding="gb2312"?><a>', '</a>', 'gbk'],
	["<?xml version='1.0' encoding='GBK' standalone='yes'?><a>", '</a>', 'gbk'],
	['\r\n <?xml version="1.0" encoding = "gbk" ?><a>', '</a>', 'gbk'],
	['<?xml version="1.0"?><a>', '</a>', 'utf-8'],
	['<a encoding="gbk">', '</a>', 'utf-8'],
])('by the XML declaration: %s', (start, end, charset) => {
	const body = bytes(ascii(start), NI_HAO[charset], ascii(end));
	expect(decodeBody(body, 'text/xml')).toBe(`${start}你好${end}`);
});

test.each(['utf-16', 'UTF-16LE', 'utf16', 'ucs-2'])(
	'an XML declaration that says %s and can be read all the same is UTF-8',
	(charset) => {
		// What .NET writes when it makes the XML in a string first.
		const start = `<?xml version="1.0" encoding="${charset}"?><a>`;
		expect(decodeBody(bytes(ascii(start), NI_HAO['utf-8']), '')).toBe(`${start}你好`);
	},
);

test('the content type comes before the XML declaration', () => {
	const start = '<?xml version="1.0" encoding="utf-8"?><a>';
	const body = bytes(ascii(start), NI_HAO.gbk);
	expect(decodeBody(body, 'text/xml; charset=gbk')).toBe(`${start}你好`);
});

describe('bytes outrank labels', () => {
	const start = (charset: string) => `<?xml version="1.0" encoding="${charset}"?><a>`;
	const document = (charset: string, hex: string) =>
		bytes(ascii(start(charset)), hex, ascii('</a>'));

	test.each(['gb2312', 'GBK', 'gb18030'])('UTF-8 that says it is %s', (charset) => {
		expect(decodeBody(document(charset, NI_HAO['utf-8']), 'text/xml')).toContain('你好');
		expect(decodeBody(bytes(NI_HAO['utf-8']), `text/plain; charset=${charset}`)).toBe('你好');
	});

	test.each(['', 'application/json', 'text/xml; charset=utf-8', 'text/plain; charset=nonsense'])(
		'GBK that is labelled "%s"',
		(contentType) => {
			expect(decodeBody(bytes(NI_HAO.gbk), contentType)).toBe('你好');
			expect(decodeBody(document('utf-8', NI_HAO.gbk), contentType)).toContain('你好');
		},
	);

	// 要 and 一 in GBK.
	test.each([
		['d2aa', '要'],
		['d2bb', '一'],
	])('GBK %s that would be UTF-8 of two bytes stays what it says it is', (hex, text) => {
		expect(decodeBody(document('gb2312', hex), 'text/xml')).toContain(`>${text}<`);
		expect(decodeBody(document('utf-8', hex), 'text/xml; charset=gbk')).toContain(`>${text}<`);
	});

	test.each(['iso-8859-1', 'us-ascii', 'windows-1252', 'big5', 'shift_jis'])(
		'UTF-8 that says it is %s',
		(charset) => {
			expect(decodeBody(bytes(NI_HAO['utf-8']), `text/plain; charset=${charset}`)).toBe('你好');
		},
	);

	test('what a web server in the West says of everything says nothing', () => {
		expect(decodeBody(bytes(NI_HAO.gbk), 'text/plain; charset=iso-8859-1')).toBe('你好');
	});

	test.each(['utf-16', 'utf-16le', 'UTF-16BE'])('UTF-8 that says it is %s', (charset) => {
		const text = '{"a":"你好"}';
		expect(decodeBody(Buffer.from(text), `application/json; charset=${charset}`)).toBe(text);
	});

	test('UTF-16 without a mark or a label, by its zeros', () => {
		const text = '<a>你好</a>';
		expect(decodeBody(Buffer.from(text, 'utf16le'), 'text/xml; charset=utf-8')).toBe(text);
		expect(decodeBody(Buffer.from(text, 'utf16le').swap16(), '')).toBe(text);
	});

	test.each(['', 'text/xml; charset=gbk'])(
		'UTF-8 that was cut off in a character, or has a broken one, labelled "%s"',
		(contentType) => {
			const whole = Buffer.from('你好，世界');
			expect(decodeBody(whole.subarray(0, -1), contentType)).toBe('你好，世\ufffd');
			const broken = Buffer.concat([whole, Buffer.from([0xe4, 0xbd, 0x22])]);
			expect(decodeBody(broken, contentType)).toBe('你好，世界\ufffd"');
		},
	);

	test.each([
		['UTF-8', '你好，世界'.repeat(100_000), 'utf8'],
		['bytes of no kind', '\xff\x80'.repeat(500_000), 'latin1'],
		['GBK', '\xc4\xe3\xba\xc3'.repeat(250_000), 'latin1'],
	] as const)('%s take as long as they are many', (_, text, encoding) => {
		const decode = (length: number) => {
			const body = Buffer.from(text, encoding).subarray(0, length);
			return () => void decodeBody(body, '');
		};
		expect(growthOf(decode, 250_000)).toBeLessThan(STILL_LINEAR);
	});
});

test('bytes that do not fit are replaced, and what stands around them stays', () => {
	expect(decodeBody(bytes('61', 'ff', '62'), '')).toBe('a\ufffdb');
	expect(decodeBody(bytes(NI_HAO['utf-8'].slice(0, 8)), '')).toBe('你\ufffd');
});

test('a part of a larger buffer is read as that part', () => {
	const whole = Buffer.from('abcdef');
	expect(decodeBody(whole.subarray(2, 4), '')).toBe('cd');
	expect(decodeBody(new Uint8Array(whole.buffer, whole.byteOffset + 1, 2), '')).toBe('bc');
});

test('every character comes back from UTF-8 and UTF-16', () => {
	for (let code = 1; code < 0x11_0000; code += 97) {
		if (code >= 0xd800 && code < 0xe000) continue;
		const text = `a${String.fromCodePoint(code)}z`;
		expect(decodeBody(Buffer.from(text, 'utf8'), '')).toBe(text);
		expect(decodeBody(Buffer.from(text, 'utf16le'), 'text/plain; charset=utf-16le')).toBe(text);
	}
});
