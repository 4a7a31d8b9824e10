import { createEchoFilter, redactDeep, redactSignatures } from '../../../nodes/shared/wire/redact';

const createRedactor = (secrets: readonly string[]) => createEchoFilter(secrets).hide;

const SECRET = `p@ss w&rd<'"+\\/你好😀`;

describe('a secret is hidden', () => {
	const hide = createRedactor([SECRET]);

	// Written out by hand or by other tools, not with this project's code.
	test.each([
		['as it is', SECRET],
		['in another case', SECRET.toUpperCase()],
		['URL-encoded', "p%40ss%20w%26rd%3C'%22%2B%5C%2F%E4%BD%A0%E5%A5%BD%F0%9F%98%80"],
		['URL-encoded in lower case', "p%40ss%20w%26rd%3c'%22%2b%5c%2f%e4%bd%a0%e5%a5%bd%f0%9f%98%80"],
		['as in a form', 'p%40ss+w%26rd%3C%27%22%2B%5C%2F%E4%BD%A0%E5%A5%BD%F0%9F%98%80'],
		['in XML', 'p@ss w&amp;rd&lt;&apos;&quot;+\\/你好😀'],
		['in HTML', 'p@ss w&amp;rd&lt;&#39;&quot;+\\/你好😀'],
		['in JSON', `p@ss w&rd<'\\"+\\\\/你好😀`],
		['in JSON for HTML', 'p@ss w\\u0026rd\\u003c\\u0027\\"\\u002b\\\\/你好😀'],
		[
			'URL-encoded twice',
			"p%2540ss%2520w%2526rd%253C'%2522%252B%255C%252F%25E4%25BD%25A0%25E5%25A5%25BD%25F0%259F%2598%2580",
		],
		['in JSON of ASCII alone', `p@ss w&rd<'\\"+\\\\/\\u4f60\\u597d\\ud83d\\ude00`],
		['in JSON within JSON', `p@ss w&rd<'\\\\\\"+\\\\\\\\/你好😀`],
		['in XML of ASCII alone', 'p@ss w&amp;rd&lt;&apos;&quot;+\\/&#20320;&#22909;&#128512;'],
		['in hex digits', '7040737320772672643c27222b5c2fe4bda0e5a5bdf09f9880'],
		['as its MD5', '27c9d7c7f27d82eecce79d6d68969baf'],
		['as its MD5 in upper case', '27C9D7C7F27D82EECCE79D6D68969BAF'],
	])('%s', (_form, form) => {
		expect(hide(`before ${form} between ${form}, after`)).toBe('before *** between ***, after');
	});
});

test('a secret is hidden wherever in a Base64 text it stands', () => {
	const hide = createRedactor(['S3cret-pass']);
	for (const before of ['', 'a', 'ab', 'abc']) {
		for (const behind of ['', '&x', '"}']) {
			const echo = Buffer.from(`${before}S3cret-pass${behind}`).toString('base64');
			const left = Buffer.from(hide(echo).replace('***', ''), 'base64').toString();
			expect(left).not.toContain('ret-p');
			expect(hide(echo)).toContain('***');
		}
	}
});

test.each([
	['each as an entity', '&#83;&#51;&#99;&#114;&#101;&#116;&#45;&#112;'],
	['each as a hex entity', '&#x53;&#x33;&#x63;&#x72;&#x65;&#x74;&#x2D;&#x70;'],
	['each as an escape', '\\u0053\\u0033\\u0063\\u0072\\u0065\\u0074\\u002d\\u0070'],
	['each URL-encoded', '%53%33%63%72%65%74%2D%70'],
	['as UTF-16 in hex digits', '00530033006300720065007400 2D0070'.replace(' ', '')],
])('so are its characters, %s', (_form, form) => {
	expect(createRedactor(['S3cret-p'])(`<${form}>`)).toBe('<***>');
});

test('a name that no vendor has may be a password', () => {
	const filter = createEchoFilter(['123456', 'a b c', 'mobile']);
	expect(redactDeep({ 123456: 1, 'a b c': 2, mobile: 3 }, filter)).toEqual({ '***': 2, mobile: 3 });
});

test('nothing else changes', () => {
	expect(createRedactor([])('abc')).toBe('abc');
	expect(createRedactor([''])('abc')).toBe('abc');
	expect(createRedactor(['secret'])('')).toBe('');
	expect(createRedactor(['secret'])('secre t')).toBe('secre t');
});

test('signs that mean something in a pattern mean themselves', () => {
	for (const secret of ['a.c', '(((', 'a|b', '[x]', '^$*+?', '{1,2}', '\\d\\', '$&$1']) {
		expect(createRedactor([secret])(`<${secret}>`)).toBe('<***>');
	}
	expect(createRedactor(['a.c'])('abc')).toBe('abc');
});

test('a secret that holds another is hidden whole, in either order', () => {
	for (const secrets of [
		['token', 'token-and-more'],
		['token-and-more', 'token'],
	]) {
		expect(createRedactor(secrets)('token-and-more token')).toBe('*** ***');
	}
});

test('one or two characters are too few to be told from ordinary text', () => {
	expect(createRedactor(['a', 'ab'])('a cab')).toBe('a cab');
	expect(createRedactor(['abc'])('abc')).toBe('***');
});

test('half an emoji in a secret is no obstacle', () => {
	const hide = createRedactor(['abc\ud83d', 'other']);
	expect(hide('an abc\ud83d and other')).toBe('an *** and ***');
	expect(hide('abc%EF%BF%BD')).toBe('***');
});

test('is hidden in every text of a value', () => {
	const filter = createEchoFilter(['secret']);
	const value = {
		text: 'a secret',
		list: ['secret', { deep: ['the secret', 7] }],
		number: 7,
		nothing: null,
		yes: true,
		missing: undefined,
	};
	expect(redactDeep(value, filter)).toEqual({
		text: 'a ***',
		list: ['***', { deep: ['the ***', 7] }],
		number: 7,
		nothing: null,
		yes: true,
		missing: undefined,
	});
	expect(value.text).toBe('a secret');
	expect(redactDeep('secret', filter)).toBe('***');
});

describe('signatures', () => {
	const sign = '7d12dd54981efe3a449698f952736518';

	test.each([
		[sign, '***'],
		[sign.toUpperCase(), '***'],
		[`sign=${sign}&x=1`, 'sign=***&x=1'],
		[`"${sign}","${sign}"`, '"***","***"'],
		[`签名${sign}错误`, '签名***错误'],
	])('%s is hidden', (text, hidden) => {
		expect(redactSignatures(text)).toBe(hidden);
	});

	test.each([
		['31 digits', sign.slice(1)],
		['33 digits', `${sign}0`],
		['a longer word', `x${sign}`],
		['other letters', sign.replace('d', 'g')],
		['a UUID', '7d12dd54-981e-fe3a-4496-98f952736518'],
		['a card number', '89860423191970454839'],
	])('%s is none', (_what, text) => {
		expect(redactSignatures(text)).toBe(text);
	});
});

describe('a secret that is a word or a number as others are', () => {
	test.each([
		['123', 'card 1064123 has 123 KB', 'card 1064123 has *** KB'],
		[
			'wrong',
			'wrongly, %20wrong%20, \\u0022wrong" 密码wrong错 pwd=wrong&',
			'wrongly, %20***%20, \\u0022***" 密码***错 pwd=***&',
		],
		['12345678', '13812345678 12345678', '13812345678 ***'],
		['signature', 'signatures: signature', 'signatures: ***'],
	])('%s is hidden as a word of its own', (secret, text, hidden) => {
		const { hide, hideCertain } = createEchoFilter([secret]);
		expect(hide(text)).toBe(hidden);
		// A text of ours, or the structure of a reply.
		expect(hideCertain(text)).toBe(text);
	});

	test('is no reason to hide codes and small numbers of the vendor, nor names', () => {
		const filter = createEchoFilter(['0013', 'content']);
		const reply = { status: '0013', content: 'my content', message: 'code 0013' };
		expect(redactDeep(reply, filter)).toEqual({
			status: '0013',
			content: 'my ***',
			message: 'code ***',
		});
	});

	test('has an MD5 that is certain, however short it is', () => {
		const { hideCertain } = createEchoFilter(['ab', '12345678']);
		expect(hideCertain('187EF4436122D1CC2F40DC2B92F0EBA0, 25d55ad283aa400af464c76d713c07ad')).toBe(
			'***, ***',
		);
	});
});

test('a certain secret is hidden wherever it stands, names included', () => {
	const filter = createEchoFilter(['V3ry-Secret']);
	expect(filter.hideCertain('xV3ry-Secret2024')).toBe('x***2024');
	expect(redactDeep({ 'a V3ry-Secret': 'b' }, filter)).toEqual({ 'a ***': 'b' });
});

test('is hidden in maps, and whatever is no data stays as it is', () => {
	const filter = createEchoFilter(['secret']);
	const date = new Date(0);
	expect(redactDeep(new Map([['a', { b: 'secret' }]]), filter)).toEqual(
		new Map([['a', { b: '***' }]]),
	);
	expect(redactDeep({ date }, filter).date).toBe(date);
});

test('what is nested without end is no data', () => {
	let nested: unknown = 'secret';
	for (let depth = 0; depth < 100_000; depth++) nested = [nested];
	expect(JSON.stringify(redactDeep(nested, createEchoFilter(['secret'])))).toMatch(
		/^\[{501}"\*{3}"\]{501}$/,
	);
});
