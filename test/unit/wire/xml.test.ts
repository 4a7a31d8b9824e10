import {
	buildXml,
	getChildren,
	MAX_XML_CHARACTERS,
	getLocalName,
	parseXml,
	indexOfInvalidCharacter,
	toDataObject,
	createElement,
	type XmlElement,
} from '../../../nodes/shared/wire/xml';
import { growthOf, STILL_LINEAR } from '../../support/growth';

const rootOf = (text: string): XmlElement => {
	const xml = parseXml(text);
	if ('problem' in xml) throw new Error(xml.problem);
	return xml.root;
};

const textOf = (text: string): string => rootOf(text).text;

describe('reading', () => {
	test('values stay strings with their zeros and white space', () => {
		const root = rootOf('<?xml version="1.0"?>\n<r><a>007</a><b> 1e3 </b><c>true</c><d/></r>');
		expect(toDataObject(root)).toEqual({ a: '007', b: ' 1e3 ', c: 'true', d: '' });
	});

	test('prefixes go, attributes stay', () => {
		const root = rootOf('<s:r xmlns:s="urn:x" id="01"><s:a n:b="&lt;">x</s:a></s:r>');
		expect(root.name).toBe('s:r');
		expect(getLocalName(root)).toBe('r');
		expect(root.attributes).toEqual({ 'xmlns:s': 'urn:x', id: '01' });
		expect(getChildren(root, 'A')).toEqual([
			{ name: 's:a', attributes: { 'n:b': '<' }, children: [], text: 'x' },
		]);
	});

	test('one child is a value, several are a list, children are an object', () => {
		expect(toDataObject(rootOf('<r><a>1</a><b>2</b><a>3</a><c><d>4</d></c></r>'))).toEqual({
			a: ['1', '3'],
			b: '2',
			c: { d: '4' },
		});
	});

	test.each([
		['<a>1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;x&quot; &apos;y&apos;</a>', '1 < 2 && 3 > 2 "x" \'y\''],
		['<a>&#20320;&#x597d;</a>', '你好'],
		['<a>&#55357;&#56832;</a>', '😀'],
		['<a>&amp;lt;</a>', '&lt;'],
		['<a>&nbsp;&unknown;</a>', '&nbsp;&unknown;'],
		['<a>&#x110000;</a>', '&#x110000;'],
		['<a><![CDATA[<b>&amp;]]></a>', '<b>&amp;'],
		['<a>x<![CDATA[y]]>z</a>', 'xyz'],
		['<a>one\r\ntwo</a>', 'one\ntwo'],
		['\ufeff<a>x</a>', 'x'],
		['<!-- first --><a>x</a>', 'x'],
	])('%s', (xml, text) => {
		expect(textOf(xml)).toBe(text);
	});

	test.each([
		['a bare &', '<a>R&D & more</a>', 'R&D & more'],
		['a bare <', '<a>3 < 5 <你好></a>', '3 < 5 <你好>'],
		['white space in an end tag', '<a>1</ a>', '1'],
	])('forgives %s', (_, xml, text) => {
		expect(textOf(xml)).toBe(text);
	});

	test.each([
		['', 'malformed'],
		['OK', 'malformed'],
		['<a><b>1</b><b>tru', 'malformed'],
		['<a><b>1</a></b>', 'malformed'],
		['<a/><b/>', 'malformed'],
		['<a><![CDATA[x</a>', 'malformed'],
		['<a><!-- x</a>', 'malformed'],
		['<__proto__>1</__proto__>', 'malformed'],
		['<!DOCTYPE a><a/>', 'doctype'],
		['<?xml version="1.0"?>\n<!-- c -->\n<!doctype html><html/>', 'doctype'],
	])('refuses %s', (xml, problem) => {
		expect(parseXml(xml)).toEqual({ problem });
	});
});

describe('hostile XML is refused, in linear time and without filling the memory', () => {
	const lol = (depth: number) =>
		`<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol0 "lol">${Array.from(
			{ length: depth },
			(_, at) => `<!ENTITY lol${at + 1} "${`&lol${at};`.repeat(10)}">`,
		).join('')}]><lolz>&lol${depth};</lolz>`;

	test.each([
		['entity expansion', 8, lol],
		[
			'an external entity',
			1,
			() => '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
		],
		['an external DTD', 1, () => '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/evil.dtd"><a/>'],
		['50 MB', 50_000_000, (size: number) => `<a>${'x'.repeat(size)}</a>`],
		['deep nesting', 400_000, (size: number) => '<a>'.repeat(size) + '</a>'.repeat(size)],
		['shallow but too deep nesting', 80, (size: number) => '<a>'.repeat(size)],
		['millions of elements', 1_100_000, (size: number) => `<a>${'<b/>'.repeat(size)}</a>`],
		['millions of open brackets', 8_000_000, (size: number) => `<a>${'<'.repeat(size)}`],
		['unclosed sections', 400_000, (size: number) => `<a>${'<![CDATA['.repeat(size)}`],
		['unclosed comments', 800_000, (size: number) => `<a>${'<!--'.repeat(size)}`],
		['unclosed comments before the root', 800_000, (size: number) => '<!--'.repeat(size)],
		['a name without end', 4_000_000, (size: number) => `<${'a'.repeat(size)}`],
	])('%s', (_, size, make) => {
		const xml = make(size);
		const before = process.memoryUsage().rss;
		expect(parseXml(xml)).toHaveProperty('problem');
		expect(process.memoryUsage().rss - before).toBeLessThan(500_000_000);
		const parse = (ofSize: number) => {
			const part = make(Math.floor(ofSize));
			return () => void parseXml(part);
		};
		expect(growthOf(parse, size / 4)).toBeLessThan(STILL_LINEAR);
	});

	test('entities of a DOCTYPE in the middle are not expanded either', () => {
		const xml = parseXml('<a><!DOCTYPE a [<!ENTITY x "boom">]><b>&x;</b></a>');
		expect(JSON.stringify(xml)).not.toContain('boom');
	});

	test('what may be large is read', () => {
		const row = '<b><c>15023239810</c><d>DELIVRD</d></b>';
		const xml = `<a>${row.repeat(20_000)}</a>`;
		expect(xml.length).toBeLessThan(MAX_XML_CHARACTERS);
		expect(rootOf(xml).children).toHaveLength(20_000);
	});
});

describe('writing', () => {
	test('escapes text and attributes', () => {
		const xml = buildXml(
			createElement(
				's:r',
				[createElement('a', 'x & y < z > "q" \'p\'\r\n]]> 😀 '), createElement('e')],
				{
					'xmlns:s': 'urn:"&<',
				},
			),
		);
		expect(xml).toBe(
			'<?xml version="1.0" encoding="utf-8"?><s:r xmlns:s="urn:&quot;&amp;&lt;">' +
				'<a>x &amp; y &lt; z &gt; &quot;q&quot; &apos;p&apos;&#13;\n]]&gt; 😀 </a><e/></s:r>',
		);
	});

	test('a boolean attribute keeps its value', () => {
		expect(buildXml(createElement('a', '', { 'xsi:nil': 'true' }))).toContain(
			'<a xsi:nil="true"/>',
		);
	});

	test('what was written is read as it was', () => {
		const text = ' 你好 😀 &<>"\']]> \t\n\r\n&amp; ';
		expect(textOf(buildXml(createElement('a', text)))).toBe(text);
	});

	test.each([
		['tab, line feed, carriage return\t\n\r', undefined],
		['😀', undefined],
		['\u0000', 0],
		['abc\u000b', 3],
		['ab\uffff', 2],
	])('%j', (text, at) => {
		expect(indexOfInvalidCharacter(text)).toBe(at);
	});
});
