import { batched } from '../../../console/page/logic/batch';
import { firstDifference, splitAtDifference } from '../../../console/page/logic/firstDifference';
import { cutAtLinks } from '../../../console/page/logic/links';
import { pretty } from '../../../console/page/logic/pretty';
import { hrefOf, parseRoute } from '../../../console/page/logic/route';
import { upsert } from '../../../console/page/logic/upsert';

describe('the first difference', () => {
	test.each([
		['abc', 'abc', -1],
		['', '', -1],
		['abc', 'abd', 2],
		['abc', 'ab', 2],
		['', 'a', 0],
		['ABC', 'abc', 0],
	])('of %j and %j is at %d', (one, other, at) => {
		expect(firstDifference(one, other)).toBe(at);
		expect(firstDifference(other, one)).toBe(at);
	});

	test('splits a text into what is the same, one character, and the rest', () => {
		expect(splitAtDifference('abcd', 2)).toEqual(['ab', 'c', 'd']);
		expect(splitAtDifference('ab', 2)).toEqual(['ab', '', '']);
		expect(splitAtDifference('abcd', -1)).toEqual(['abcd', '', '']);
		expect(splitAtDifference('a😀b', 1)).toEqual(['a', '😀', 'b']);
	});
});

describe('a body', () => {
	test('of JSON is indented, and left alone where it is broken', () => {
		expect(pretty('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
		expect(pretty('{"a":')).toBe('{"a":');
	});

	test('of XML is indented by its tags, with texts beside them', () => {
		expect(
			pretty('<?xml version="1.0"?><r a="1"><b>x &lt; y</b><c/><d></d><e><![CDATA[<f>]]></e></r>'),
		).toBe(
			[
				'<?xml version="1.0"?>',
				'<r a="1">',
				'  <b>x &lt; y</b>',
				'  <c/>',
				'  <d></d>',
				'  <e><![CDATA[<f>]]></e>',
				'</r>',
			].join('\n'),
		);
	});

	test('of a form is a line a field, decoded', () => {
		expect(pretty('account=demo&content=%E4%BD%A0%E5%A5%BD+1')).toBe(
			'account = demo\ncontent = 你好 1',
		);
	});

	test('of anything else stays as it is', () => {
		expect(pretty('OK')).toBe('OK');
		expect(pretty('a = b, and more')).toBe('a = b, and more');
		expect(pretty('')).toBe('');
	});
});

describe('rows that come in', () => {
	const keyOf = ({ id }: { id: number }) => id;

	test('replace those that are known, and else stand in front, the last one first', () => {
		const rows = [{ id: 2 }, { id: 1 }];
		const changed = { id: 1, isDone: true };
		expect(upsert(rows, [{ id: 3 }, changed, { id: 4 }], keyOf, 10)).toEqual([
			{ id: 4 },
			{ id: 3 },
			{ id: 2 },
			changed,
		]);
	});

	test('come in once, as they were told last, and push the oldest out', () => {
		const first = { id: 3, at: 'arrival' };
		const last = { id: 3, at: 'reply' };
		expect(
			upsert<object & { id: number }>([{ id: 2 }, { id: 1 }], [first, last], keyOf, 2),
		).toEqual([last, { id: 2 }]);
	});

	test('leave alone what did not change', () => {
		const known = { id: 1 };
		expect(upsert([known], [{ id: 2 }], keyOf, 10)[1]).toBe(known);
	});
});

test('what comes in a burst is handed on together, and then anew', () => {
	const runs: Array<() => void> = [];
	const handled: number[][] = [];
	const take = batched<number>(
		(run) => runs.push(run),
		(items) => handled.push(items),
	);
	for (const item of [1, 2, 3]) take(item);
	expect(runs).toHaveLength(1);
	runs[0]?.();
	take(4);
	runs[1]?.();
	expect(handled).toEqual([[1, 2, 3], [4]]);
});

describe('an address', () => {
	test('leads back to where it came from', () => {
		const href = hrefOf('fleet', '10648/1', { search: 'a&b', low: true, page: 0, status: '' });
		expect(href).toBe('#/fleet/10648%2F1?search=a%26b&low=true&page=0');
		expect(parseRoute(href)).toEqual({
			view: 'fleet',
			item: '10648/1',
			query: { search: 'a&b', low: 'true', page: '0' },
		});
	});

	test.each(['', '#', '#/', '#/nothing', '#/play'])('%j is the first page', (hash) => {
		expect(parseRoute(hash)).toEqual({ view: 'play', item: '', query: {} });
	});

	test('that is broken leads somewhere', () => {
		expect(parseRoute('#/phone/%E4%')).toEqual({ view: 'phone', item: '%E4%', query: {} });
	});
});

describe('links in an SMS', () => {
	test('are cut out in their order', () => {
		expect(cutAtLinks('Go: http://a/1 or https://b 【x】', ['http://a/1', 'https://b'])).toEqual([
			{ text: 'Go: ', isLink: false },
			{ text: 'http://a/1', isLink: true },
			{ text: ' or ', isLink: false },
			{ text: 'https://b', isLink: true },
			{ text: ' 【x】', isLink: false },
		]);
	});

	test('are none where a click would run something, or where they are not in the text', () => {
		const text = 'javascript:alert(1)';
		expect(cutAtLinks(text, [text, 'http://elsewhere'])).toEqual([{ text, isLink: false }]);
	});
});
