import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { createParameterReader } from '../../../nodes/shared/action/parameterReader';

/** A node with these parameters over these items; n8n evaluates what it is asked for to its name. */
function readerOf(parameters: INodeParameters | undefined, ...items: object[]) {
	const evaluate = jest.fn((name: string, item: number, fallback: unknown) =>
		fallback === '' ? `n8n: ${name} of ${item}` : 'no fallback',
	);
	const context = {
		getInputData: () => items.map((json) => ({ json })),
		getNode: () => ({ parameters }),
		getNodeParameter: evaluate,
		evaluateExpression: (expression: string, item: number) => `n8n: ${expression} of ${item}`,
	} as unknown as IExecuteFunctions;
	return { reader: createParameterReader(context), evaluate };
}

test('what holds no expression is evaluated once for all items', () => {
	const parameters = { a: 'text', b: 7, c: { d: ['x', null] } };
	const { reader, evaluate } = readerOf(parameters, {}, {}, {});
	for (const name of ['a', 'b', 'c']) {
		for (const item of [0, 1, 2]) expect(reader.valueOf(name, item)).toBe(`n8n: ${name} of 0`);
	}
	expect(evaluate).toHaveBeenCalledTimes(3);
});

test.each([
	['an expression', '={{ $json.a + 1 }}'],
	['one inside', { deep: ['text', '={{ $json.a }}'] }],
	['nothing at all', undefined],
])('%s is evaluated by n8n for each item', (_what, typed) => {
	const { reader } = readerOf(typed === undefined ? undefined : { to: typed }, { a: 1 }, { a: 2 });
	expect([0, 1].map((item) => reader.valueOf('to', item))).toEqual([
		'n8n: to of 0',
		'n8n: to of 1',
	]);
});

test.each([
	'={{ $json.phone }}',
	'={{$json.phone}}',
	'={{ $json["phone"] }}',
	"={{ $json['phone'] }}",
	'={{ $json[ "phone" ] }}',
])('a plain field of the item needs no n8n: %s', (typed) => {
	const { reader, evaluate } = readerOf(
		{ to: typed },
		{ phone: '1' },
		{ phone: 2 },
		{ phone: true },
	);
	expect([0, 1, 2].map((item) => reader.valueOf('to', item))).toEqual(['1', 2, true]);
	expect(evaluate).not.toHaveBeenCalled();
});

test('a field that is not there, inherited or no plain value is left to n8n', () => {
	const items = [{}, { toString: null }, { toString: {} }, { toString: ['x'] }];
	const { reader } = readerOf({ to: '={{ $json.toString }}' }, ...items);
	for (const item of [0, 1, 2, 3, 4]) expect(reader.valueOf('to', item)).toBe(`n8n: to of ${item}`);
});

test.each([
	'={{ $json.a.b }}',
	'={{ $json.a }} ',
	' ={{ $json.a }}',
	'=x{{ $json.a }}',
	'={{ $json.1a }}',
	'={{ $json["a\\n"] }}',
	'={{ $json[\'a"] }}',
	'={{ $jsonXa }}',
	'={{ $json.a }}{{ $json.a }}',
])('what only looks like one is left to n8n: %s', (typed) => {
	const { reader } = readerOf({ to: typed }, { a: 'field' });
	expect(reader.valueOf('to', 0)).toBe('n8n: to of 0');
});

test('what the author typed can be had as it is', () => {
	expect(readerOf({ to: '={{ $json.a }}' }).reader.typed('to')).toBe('={{ $json.a }}');
	expect(readerOf(undefined).reader.typed('to')).toBeUndefined();
});

test('what a tool is called with is written out, as n8n would write [object Object]', () => {
	const message = '=Run {{ $tool.name }} with {{ $tool.parameters }}?';
	const value = String(readerOf({ message }, {}).reader.valueOf('message', 0));
	expect(value).toMatch(
		/^n8n: Run \{\{ \$tool\.name \}\} with \{\{ Object\.entries\(.*\}\}\? of 0$/,
	);
	const own = '={{ $tool.parameters.phone }}';
	expect(readerOf({ message: own }, {}).reader.valueOf('message', 0)).toBe('n8n: message of 0');
});
