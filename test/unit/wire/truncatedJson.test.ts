import { splitTruncatedObjects } from '../../../nodes/shared/wire/truncatedJson';

test.each<[string, string[], string | undefined]>([
	// Whole lists, and an object that stands alone.
	['{"a":1}]}', ['{"a":1}'], undefined],
	['{"a":1} , {"b":2} ]', ['{"a":1}', '{"b":2}'], undefined],
	['{"a":1}}', ['{"a":1}'], undefined],
	// Braces and quotes inside.
	['{"a":{"b":{}},"c":1},{"d":{}}]', ['{"a":{"b":{}},"c":1}', '{"d":{}}'], undefined],
	['{"a":"}\\"}{"}]', ['{"a":"}\\"}{"}'], undefined],
	// Cut off, at each place.
	['{"a":1},{"b":', ['{"a":1}'], '{"b":'],
	['{"a":1},{"b":"}', ['{"a":1}'], '{"b":"}'],
	['{"a":{"b":1}', [], '{"a":{"b":1}'],
	['{"a":1},', ['{"a":1}'], ','],
	['{"a":1}', ['{"a":1}'], ''],
	// Something else between and behind them.
	['{"a":1} x,{"b":2}]', ['{"a":1}'], ' x,{"b":2}]'],
	['{"a":1} x ]', ['{"a":1}'], ' x ]'],
	['{"a":1}x]', ['{"a":1}'], 'x]'],
])('%s', (text, whole, rest) => {
	const start = 'list: ';
	const expected = rest === undefined ? { whole } : { whole, rest };
	expect(splitTruncatedObjects(start + text, start.length)).toEqual(expected);
});
