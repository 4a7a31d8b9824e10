import fc from 'fast-check';

import { readMarkup, type Markup } from '../../../nodes/vendors/smsPlatform/markup';
import { growthOf, STILL_LINEAR } from '../../support/growth';
import { holdsFor, mutated, wordsOfPeople } from '../../support/properties';

const read = (text: string): Markup => {
	const markup = readMarkup(text);
	if ('problem' in markup) throw new Error(markup.problem);
	return markup;
};

const xml = (inner: string) =>
	`<?xml version="1.0" encoding="utf-8" ?>\n<returnsms>${inner}</returnsms>`;
const callbox = (content: string, mobile = '2') =>
	`<callbox><mobile>${mobile}</mobile><content>${content}</content><extno>01</extno></callbox>`;

describe('what stands in a field is its text', () => {
	test.each([
		['a<!b'],
		['call <b>me</b> back'],
		['x<br/>y'],
		['<a></a>'],
		['if a<b then'],
		['R&D, &nbsp; &unknown; &'],
		['<!-- x'],
		['-->'],
		['<!DOCTYPE a>'],
		['<?xml version="1.0"?>'],
		['</'],
		['<content'],
		['</content foo>'],
		['<mobile>99</mobile>'],
		['<mobile>'],
		['</mobile>'],
		['see <callbox> and <content> here'],
		['a</callbox>b'],
		['a</callbox> <content>'],
		['</returnsms><returnsms>'],
		['write </content> to close'],
		[callbox('quoted')],
		['<![CDATA[open'],
		[']]>'],
		['\u0000\u0008\uffff\ud800'],
		[' 你好 😀\n'],
	])('%j', (text) => {
		const { elements, isCutOff } = read(xml(callbox('a', '1') + callbox(text) + callbox('c', '3')));
		expect(elements.map(({ fields }) => fields)).toEqual([
			{ mobile: '1', content: 'a', extno: '01' },
			{ mobile: '2', content: text, extno: '01' },
			{ mobile: '3', content: 'c', extno: '01' },
		]);
		expect(elements.every(({ isWhole }) => isWhole)).toBe(true);
		expect(isCutOff).toBe(false);
	});

	test.each([
		['1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;x&quot; &apos;y&apos;', '1 < 2 && 3 > 2 "x" \'y\''],
		['&#20320;&#x597d; &amp;lt;', '你好 &lt;'],
		['one\r\ntwo\rthree', 'one\ntwo\nthree'],
		['<![CDATA[<b>&amp;]]>', '<b>&amp;'],
		['x & <![CDATA[y & ]]>z &', 'x & y & z &'],
		['<![CDATA[a]]]]><![CDATA[>b]]>', 'a]]>b'],
		['<![CDATA[a]]>b]]>', 'a]]>b'],
		['<![CDATA[use <![CDATA[ here]]>', 'use <![CDATA[ here'],
		['<![CDATA[</content></callbox><callbox>]]>', '</content></callbox><callbox>'],
		['', ''],
	])('%j is %j', (written, text) => {
		const { elements } = read(xml(callbox('a', '1') + callbox(written) + callbox('c', '3')));
		expect(elements.map(({ fields }) => fields.content)).toEqual(['a', text, 'c']);
	});

	test('a section without an end does not swallow one that has an end', () => {
		for (const open of ['<![CDATA[open', '<![CDATA[x<![CDATA[']) {
			const { elements } = read(xml(callbox(open) + callbox('<![CDATA[<b>]]>')));
			expect(elements.map(({ fields }) => fields.content)).toEqual([open, '<b>']);
		}
	});

	test('in a reply that is no list, too', () => {
		for (const message of ['a<!b', '<b>', '</returnsms>', 'x</message>y', 'R&D']) {
			const text = xml(`<message>${message}</message><taskID>0012</taskID>`);
			expect(read(text).fields).toEqual({ message, taskID: '0012' });
		}
	});
});

describe('tags', () => {
	test('in any case, with prefixes, attributes and white space', () => {
		const { elements } = read(
			'<a:ReturnSms xmlns:a="x"><a:CallBox id="1">\n<a:Mobile >1</ a:Mobile >\n<CONTENT xml:lang="zh">x</content\n><ExtNo/></CALLBOX></a:returnsms>',
		);
		expect(elements.map(({ fields }) => fields)).toEqual([
			{ Mobile: '1', CONTENT: 'x', ExtNo: '' },
		]);
	});

	test('fields that are not documented are kept', () => {
		const { elements, fields } = read(
			xml(
				'<new>n</new><callbox>remark <m:foo>bar &amp; <b>x</b></m:foo> <no/><mobile>1</mobile></callbox>',
			),
		);
		expect(fields).toEqual({ new: 'n' });
		expect(elements[0]?.fields).toEqual({ foo: 'bar & <b>x</b>', no: '', mobile: '1' });
	});

	test('a name that comes twice is a list', () => {
		const { elements } = read(xml('<callbox><mobile>1</mobile><mobile>2</mobile></callbox>'));
		expect(elements[0]?.fields).toEqual({ mobile: ['1', '2'] });
	});

	test('comments between elements are skipped, with the rows in them', () => {
		const { elements } = read(
			xml(`${callbox('a')}<!-- ${callbox('b')} --><!-- open ${callbox('c')}`),
		);
		expect(elements.map(({ fields }) => fields.content)).toEqual(['a', 'c']);
	});

	test('several documents in one, and a declaration that is not closed as it should be', () => {
		const { elements } = read(
			`<?xml version="1.0">${xml(callbox('a'))}${xml(callbox('b'))}<p>x</p>`,
		);
		expect(elements).toHaveLength(2);
	});

	test.each([
		['<!DOCTYPE a><returnsms/>', 'doctype'],
		[
			'<?xml version="1.0"?><!-- c --><!doctype returnsms [<!ENTITY x "y">]><returnsms/>',
			'doctype',
		],
		['<other><callbox/></other>', 'foreign'],
		['<html><returnsms/></html>', 'foreign'],
		['</returnsms>', 'foreign'],
	])('%s is no document', (text, problem) => {
		expect(readMarkup(text)).toEqual({ problem });
	});
});

describe('what is broken costs nothing else', () => {
	test.each([
		['a field without its closing tag', '<callbox><mobile>2</callbox>'],
		['several of them', '<callbox><mobile>2<taskid>7<content>x</callbox>'],
		['the last field', '<callbox><mobile>2</mobile><content>x</callbox>'],
	])('%s', (_, broken) => {
		const { elements } = read(xml(callbox('a') + broken + callbox('c')));
		expect(elements.map(({ isWhole }) => isWhole)).toEqual([true, false, true]);
		expect(elements[1]?.source).toBe(broken);
		expect(elements[2]?.fields).toEqual({ mobile: '2', content: 'c', extno: '01' });
	});

	test('a row without its closing tag', () => {
		const { elements } = read(xml(callbox('a').replace('</callbox>', '') + callbox('b')));
		expect(elements.map(({ fields }) => fields.content)).toEqual(['a', 'b']);
	});

	test('a field beside the rows is kept as a piece', () => {
		const { elements } = read(xml(`${callbox('a')}<content>lost</content>${callbox('b')}`));
		expect(elements.map(({ source, isWhole }) => (isWhole ? '' : source))).toEqual([
			'',
			'<content>lost</content>',
			'',
		]);
	});

	test('a field of a reply without its closing tag ends at the next one', () => {
		expect(read(xml('<returnstatus>Success<message>ok<taskID>12</taskID>')).fields).toEqual({
			returnstatus: 'Success',
			message: 'ok',
			taskID: '12',
		});
	});
});

describe('rows that are read at once are read as those that are read tag by tag', () => {
	const PIECES = [
		'<statusbox>',
		'</statusbox>',
		'<callbox>',
		'</callbox>',
		'<content>',
		'</content>',
		'</content></callbox>',
		'<Mobile>1</mobile>',
		'<mobile/>',
		'<taskid />',
		'<foo>x</foo>',
		'<a:mobile>1</a:mobile>',
		'<errorstatus><error>1</error></errorstatus>',
		'</returnsms>',
		'<returnsms>',
		'<![CDATA[',
		']]>',
		'<!-- ',
		'-->',
		'&lt;',
		'\r\n',
	];
	const plainRow = fc
		.tuple(
			fc.constantFrom('statusbox', 'callbox', 'CallBox'),
			fc.array(
				fc.tuple(
					fc.constantFrom('mobile', 'taskID', 'status', 'content', 'extno'),
					fc.constantFrom('', '1', 'a b', 'x>y', '&lt;', 'a\r\nb', '你好'),
				),
				{ minLength: 1, maxLength: 6 },
			),
			fc.constantFrom('', '\n'),
		)
		.map(
			([box, fields, gap]) =>
				`<${box}>${fields.map(([name, text]) => `<${name}>${text}</${name}>${gap}`).join('')}</${box}>${gap}`,
		);
	const documents = (part: fc.Arbitrary<string>) =>
		fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => xml(parts.join('')));
	const odd = fc.oneof(plainRow, wordsOfPeople(4).map(callbox), fc.constantFrom(...PIECES));

	/** White space in the tags around rows means nothing, but such rows are not plain. */
	const detour = (text: string): string => text.replace(/<(\/?)(\w+(?:box|sms))>/gi, '<$1$2 >');
	const withoutSpaces = (markup: unknown): string =>
		JSON.stringify(markup).replace(/(\w(?:box|sms)) >/gi, '$1>');

	test.each([
		['plain', documents(plainRow)],
		['odd', documents(odd)],
		['broken', mutated(documents(odd))],
	])('%s', (_, texts) => {
		holdsFor([texts], (text) => {
			expect(withoutSpaces(readMarkup(text))).toBe(withoutSpaces(readMarkup(detour(text))));
		});
	});
});

describe('hostile documents are read or refused, in linear time', () => {
	const fields = '<mobile><taskid><status><receivetime><errorcode><extno><content>';
	test.each([
		['bare ampersands', '<returnsms>', '&'],
		['attributes', '<returnsms', ' a'],
		['attributes without an end', '<returnsms><mobile', ' a'],
		['white space', '<returnsms>', ' '],
		['white space in an end tag', '<returnsms></', ' '],
		['brackets', '<returnsms>', '<'],
		['tags without an end', '<returnsms><callbox>', '<mobile '],
		['a name without an end', '<returnsms><', 'a'],
		['prefixes', '<returnsms>', '<a:'],
		['open rows', '<returnsms>', '<callbox>'],
		['empty rows', '<returnsms>', '<callbox/>'],
		['open fields', '<returnsms><callbox>', '<mobile>'],
		['rows of open fields', '<returnsms>', `<callbox>${fields}</callbox>`],
		[
			'rows of one open field each',
			'<returnsms>',
			'<callbox><mobile></callbox><callbox><taskid></callbox>',
		],
		['closing tags', '<returnsms><callbox><content>', '</content>'],
		['closing tags of rows', '<returnsms><callbox><content>', '</content></callbox>'],
		['open sections', '<returnsms><callbox><content>', '<![CDATA['],
		['sections that look left open', '<returnsms><callbox><content>', '<![CDATA[</content>'],
		['ends of sections', '<returnsms><callbox><content><![CDATA[', ']]>'],
		['open comments', '<returnsms>', '<!--'],
		['comments before the root', '', '<!---->'],
		['open comments before the root', '', '<!--'],
		['nested names', '<returnsms>', '<a>'],
		['names that are not documented', '<returnsms>', '<a></a>'],
		['references', '<returnsms><callbox><content>', '&#x4f60;'],
	])('%s', (_, start, unit) => {
		const prepare = (size: number) => {
			const text = start + unit.repeat(Math.ceil(size / unit.length));
			return () => void readMarkup(text);
		};
		expect(growthOf(prepare, 50_000)).toBeLessThan(STILL_LINEAR);
	});

	test('100,000 levels are no deeper than one', () => {
		const depth = 100_000;
		const nested = xml('<a>'.repeat(depth) + '</a>'.repeat(depth));
		expect(Object.keys(read(nested).fields)).toEqual(['a']);
	});

	test('more parts than anybody hands out are refused', () => {
		const text = xml('<callbox/>'.repeat(1_000_001));
		expect(readMarkup(text)).toHaveProperty('problem', 'tooLarge');
	});
});
