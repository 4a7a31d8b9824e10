import { parseItemParameters } from '../../../nodes/shared/action/itemParameters';
import { InputError } from '../../../nodes/shared/contracts/errors';
import type {
	Effect,
	Environment,
	Field,
	Operation,
} from '../../../nodes/shared/contracts/operation';

const environment = { timeZone: 'UTC' } as Environment;

const field = (displayName: string, more: Partial<Field<unknown>> = {}): Field<unknown> => ({
	appearance: { displayName, type: 'string', default: '' },
	parse: (raw) => `${displayName}: ${String(raw)}`,
	...more,
});

const operationOf = (more: object, effect: Effect = 'read'): Operation =>
	({ effect, fields: {}, options: {}, ...more }) as unknown as Operation;

const parse = (
	operation: Operation,
	values: Record<string, unknown>,
	typed: Record<string, unknown> = values,
) =>
	parseItemParameters(
		{
			valueOf: (name, item) => (item === 3 ? values[name] : 'another item'),
			typed: (name) => typed[name],
		},
		operation,
		3,
		environment,
	);

test('fields come from the node, options from its collection', () => {
	const operation = operationOf({ fields: { a: field('A') }, options: { b: field('B') } });
	expect(parse(operation, { a: 1, b: 'no', options: { a: 'no', b: 2 } }).parameters).toEqual({
		a: 'A: 1',
		b: 'B: 2',
	});
	expect(parse(operation, { a: 1, options: 'none' }).parameters).toEqual({
		a: 'A: 1',
		b: 'B: undefined',
	});
});

test('a field that is not shown gives nothing, whatever it holds', () => {
	const shownWhen = { a: ['x', 7], c: [true] };
	const exact = { parse: (raw: unknown) => raw };
	const operation = operationOf({
		fields: { a: field('A', exact), b: field('B', { shownWhen }), c: field('C', exact) },
	});
	const b = (values: object) => parse(operation, { b: 1, ...values }).parameters.b;
	expect(b({ a: 'x', c: true })).toBe('B: 1');
	expect(b({ a: 7, c: true })).toBe('B: 1');
	expect(b({ a: 'x', c: false })).toBeUndefined();
	expect(b({ a: 'y', c: true })).toBeUndefined();
});

test('what shows a field is read as it is meant, and named where n8n takes it otherwise', () => {
	const mode = field('Mode', { parse: (raw) => String(raw).trim() });
	const operation = operationOf({
		fields: { mode, code: field('Code', { shownWhen: { mode: ['code'] } }) },
	});
	const code = (values: object) => parse(operation, { ...values }).parameters.code;
	expect(code({ mode: 'code ', code: 1 })).toBe('Code: 1');
	expect(code({ mode: 'code', code: '' })).toBe('Code: ');
	expect(() => code({ mode: 'code ', code: '' })).toThrow('Mode is not spelled as in its list');
	expect(code({ mode: 'build ', code: '' })).toBeUndefined();
});

describe('a fixed option', () => {
	const operation = operationOf({ options: { limit: field('Limit', { fixed: true }) } });

	test('is what the author typed, whatever n8n makes of it', () => {
		const values = { options: { limit: 99 } };
		expect(parse(operation, values, { options: { limit: 5 } }).parameters.limit).toBe('Limit: 5');
		expect(parse(operation, values, {}).parameters.limit).toBe('Limit: undefined');
	});

	test.each(['={{ 5 }}', '=5', '{{ $json.limit }}', '5{{'])(
		'refuses the expression %s',
		(typed) => {
			const work = () => parse(operation, {}, { options: { limit: typed } });
			expect(work).toThrow(InputError);
			expect(work).toThrow('Limit is an expression');
		},
	);

	test.each(['5', '5=5', '{ 5 }'])('takes the text %s', (typed) => {
		const { parameters } = parse(operation, {}, { options: { limit: typed } });
		expect(parameters.limit).toBe(`Limit: ${typed}`);
	});
});

test('what the parameters must fulfil together is checked with all of them', () => {
	const check = jest.fn(() => {
		throw new InputError('A', 'and B do not agree', '');
	});
	const operation = operationOf({ fields: { a: field('A') }, options: { b: field('B') }, check });
	expect(() => parse(operation, { a: 1, options: { b: 2 } })).toThrow('A and B do not agree');
	expect(check).toHaveBeenCalledWith({ a: 'A: 1', b: 'B: 2' });
});

describe('the settings', () => {
	const given = { concurrency: 4, requestInterval: 250, timeout: 1234 };

	test('are those of the node', () => {
		const read = parse(operationOf({}), { simplify: false, options: given });
		expect(read).toMatchObject({ simplify: false, settings: given });
	});

	test.each<Effect>(['send', 'spend', 'consume'])(
		'never let a call that may %s run beside another',
		(effect) => {
			const { settings } = parse(operationOf({}, effect), { simplify: true, options: given });
			expect(settings).toEqual({ ...given, concurrency: 1 });
		},
	);

	test('have presets', () => {
		const { settings } = parse(operationOf({}), { simplify: true });
		expect(settings).toEqual({ concurrency: 0, requestInterval: 0, timeout: 30_000 });
	});
});
