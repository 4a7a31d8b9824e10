import { findDocuments } from '../../../nodes/shared/trigger/pushDocuments';
import { growthOf, STILL_LINEAR } from '../../support/growth';

const JSON_TEXT = '{"content":"%E4%BD%A0+1&2=3","n":"你好"}';
const XML_TEXT = '<?xml version="1.0"?><a b="1&amp;2">你好</a>';

const firstIn = (body: string | Uint8Array, contentType = '', formTexts: string[] = []) => {
	const bytes = typeof body === 'string' ? Buffer.from(body) : body;
	const [first] = findDocuments({ bytes, contentType, formTexts });
	return first;
};

describe.each([JSON_TEXT, XML_TEXT])('%s is found', (text) => {
	test.each([
		'application/json',
		'application/json; charset=utf-8',
		'text/xml',
		'text/plain',
		'application/octet-stream',
		'application/x-www-form-urlencoded',
		'',
	])('as the body, labelled "%s"', (contentType) => {
		expect(firstIn(text, contentType)).toBe(text);
	});

	test('behind a byte order mark', () => {
		expect(firstIn(`\ufeff${text}`)).toBe(text);
		const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
		expect(firstIn(utf16)).toBe(text);
	});

	test('as a field of a form', () => {
		expect(firstIn(new URLSearchParams({ data: text }).toString())).toBe(text);
		expect(firstIn(`a=1&data=${encodeURIComponent(text)}&b=2`)).toBe(text);
	});

	test('as the name of a field', () => {
		expect(firstIn(encodeURIComponent(text))).toBe(text);
		expect(firstIn(`${encodeURIComponent(text)}=`)).toBe(text);
	});

	test('as a field that was not encoded', () => {
		expect(firstIn(`data=${text}`)).toBe(text);
	});

	test('as a part of a multipart form', () => {
		expect(firstIn('', 'multipart/form-data; boundary=b', ['data', text])).toBe(text);
	});
});

describe('charsets', () => {
	// 你好 in GBK.
	const gbk = [0xc4, 0xe3, 0xba, 0xc3];

	test.each(['gbk', 'GB2312', '"gb18030"'])('by the header: %s', (charset) => {
		const body = Buffer.from([...Buffer.from('{"a":"'), ...gbk, ...Buffer.from('"}')]);
		expect(firstIn(body, `application/json; charset=${charset}`)).toBe('{"a":"你好"}');
	});

	test.each(['gbk', 'gb2312'])('by the XML declaration: %s', (charset) => {
		const start = `<?xml version='1.0' encoding='${charset}'?><a>`;
		const body = Buffer.from([...Buffer.from(start), ...gbk, ...Buffer.from('</a>')]);
		expect(firstIn(body, 'text/xml')).toBe(`${start}你好</a>`);
	});

	test('GBK without a label, in a field of a form', () => {
		expect(firstIn('xml=%7B%22a%22%3A%22%C4%E3%BA%C3%22%7D')).toBe('{"a":"你好"}');
	});

	test('in a form', () => {
		const body = '%3C%3Fxml+encoding%3D%22gbk%22%3F%3E%3Ca%3E%C4%E3%BA%C3%3C%2Fa%3E';
		expect(firstIn(`xml=${body}`)).toBe('<?xml encoding="gbk"?><a>你好</a>');
	});
});

test.each(['', '   ', 'Hello', 'a=b&c=d', '1', 'null', '"text"', '%', '%zz=%'])(
	'there is none in "%s"',
	(body) => {
		expect(firstIn(body, 'text/plain')).toBeUndefined();
	},
);

test('a body that is too large is not looked into', () => {
	const bytes = new Uint8Array(33 * 1024 * 1024).fill(0x7b);
	expect([...findDocuments({ bytes, contentType: '', formTexts: [] })]).toEqual([]);
});

test('a form of a million fields is looked into up to the twentieth', () => {
	const look = (fields: number) => {
		const bytes = Buffer.from('a=%7B&'.repeat(fields));
		return () => [...findDocuments({ bytes, contentType: '', formTexts: [] })];
	};
	expect(look(600_000)()).toHaveLength(20);
	expect(growthOf(look, 150_000)).toBeLessThan(STILL_LINEAR);
});

test('a bare list is looked into', () => {
	expect(firstIn('[{"a":1}]')).toBe('[{"a":1}]');
	expect(firstIn(`data=${encodeURIComponent('[{"a":1}]')}`)).toBe('[{"a":1}]');
});

test('what is no escape of a form stays as it is', () => {
	expect(firstIn('a=%7B%zz%4%%41+%7d')).toBe('{%zz%4%A }');
});

test('the largest body is decoded once, or twice where it holds escapes', () => {
	const documentsIn = (body: string) => [
		...findDocuments({ bytes: Buffer.from(body), contentType: '', formTexts: [] }),
	];
	const large = 'x'.repeat(4_000_000);
	expect(documentsIn(`<${large}`)).toHaveLength(1);
	expect(documentsIn(`a=<${large}`)).toHaveLength(1);
	expect(documentsIn(`a=%3C${large}`)).toHaveLength(1);
	expect(documentsIn(`<%41${large}`)).toHaveLength(2);
});

test.each([
	['escapes', '%7B'],
	['broken escapes', '%'],
	['equals signs', '='],
	['fields', 'a=%3C&'],
])('a form of %s takes as long as it is', (_, unit) => {
	const look = (times: number) => {
		const bytes = Buffer.from(unit.repeat(times));
		return () => [...findDocuments({ bytes, contentType: '', formTexts: [] })];
	};
	expect(growthOf(look, 100_000)).toBeLessThan(STILL_LINEAR);
});
