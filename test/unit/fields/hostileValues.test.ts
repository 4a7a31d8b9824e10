import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { parseItemParameters } from '../../../nodes/shared/action/itemParameters';
import { InputError, VendorError } from '../../../nodes/shared/contracts/errors';
import type {
	Environment,
	Field,
	Fields,
	ItemContext,
	Operation,
	VendorClient,
	VendorRequest,
} from '../../../nodes/shared/contracts/operation';
import {
	concurrency,
	requestInterval,
	simplify,
	timeout,
} from '../../../nodes/shared/fields/commonFields';
import { TABLES } from '../../support/tables';
import { NO_WAITING, ONE_BY_ONE } from '../../support/client';

const environment: Environment = {
	now: () => Date.UTC(2024, 4, 31, 16),
	random: (alphabet, length) => alphabet.charAt(0).repeat(length),
	sleep: async () => {},
	timeZone: 'America/New_York',
};

/** What a careful user enters, by the name of the parameter. */
const GOOD: Readonly<Record<string, unknown>> = {
	cardKey: '1064800000001',
	cards: '1064800000001-1064800000003',
	cardNumber: '1064800000001',
	mobile: '1064800000001',
	content: 'Hello',
	message: 'Hello?',
	sendKey: 'Ab12Cd34Ef',
	lac: '9763',
	cellId: '3693',
	identifiers: '352019040635785',
	newPassword: 'n3w-Passw0rd',
	phone: '13800138000',
	flowCodeMode: 'code',
	// One megabyte, which fits under every limit.
	flowCode: '1QG00000110',
	requestId: '2016010000000219',
};

const TO: Readonly<Record<string, string>> = { sendDomestic: '13800138000' };

/** What messages keep as it was typed: even what nobody sees is part of an emoji. */
const KEPT_AS_TYPED = ['content', 'message'];

/** What refuses nothing, but says in its output what a send operation would refuse. */
const isReported = ({ operation }: Operation): boolean => operation === 'estimate';

const circular: Record<string, unknown> = {};
circular.self = circular;

const HOSTILE: unknown[] = [
	...[-1, 1.5, 0, NaN, Infinity, -Infinity, 1e21, 2 ** 53, 10n ** 30n, -0],
	...[true, false, null, undefined, Symbol('x'), () => 'x'],
	...[{}, { a: 1n }, circular, { toISO: () => 5 }, [], [[]], ['x', 1, null], [undefined]],
	...[new Date(0), new Date(NaN), DateTime.fromMillis(0), DateTime.invalid('because')],
	...['null', 'undefined', 'NaN', '[object Object]', 'ORDER-undefined', 'x [object Object] y'],
	...['Infinity', 'Invalid Date', '#N/A', 'true', 'None', ' ', '\u200b', '\u3164\u2800'],
	...['-1', '1.5', '0', '0x10', '1e2', '0b1', '1_000', '1,000', '+1', '١٢٣', '①②③', '½', '1²'],
	...['2024-05-31', '2024-05-31T16:00:00.000Z', '12:30', '9'.repeat(40), '8.98604E+19'],
	...['1064800000001\r\nX: y', 'a\r\nSet-Cookie: b', 'a\u0000b', 'a\u001b[31m', 'a\u0085b'],
	...['1064800000001 1064800000002', '13800138000 10086', '1064800000001; DROP TABLE cards'],
	...['a\u200bb\u202ec\u2066d\ufeff', '\u202e1064800000001\u202c', '1QG\u200b00001010', '\ud83d'],
	...['<script>alert(1)</script>', '&<>"\'', '../../etc/passwd', '//evil.example/x', 'http://x/'],
	...['__proto__', 'constructor', 'toString', '={{ 1 }}', '{{ $json.x }}', '%0d%0aX: y'],
	...['x'.repeat(100_000), '1'.repeat(100_000), ' '.repeat(100_000), `${'- '.repeat(50_000)}x`],
];

const nameOf = (value: unknown): string => {
	if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
	try {
		return `${typeof value} ${JSON.stringify(value)}`;
	} catch {
		return `${typeof value}`;
	}
};

/** Good values for all fields of an operation, such that n8n shows one of them. */
const goodValues = (
	{ operation, fields }: Operation,
	shown?: Field<unknown>,
): Record<string, unknown> => ({
	...Object.fromEntries(
		Object.entries(fields).map(([name, { appearance }]) => [
			name,
			name === 'to' ? (TO[operation] ?? '8613800138000') : (GOOD[name] ?? appearance.default),
		]),
	),
	...Object.fromEntries(
		Object.entries(shown?.shownWhen ?? {}).map(([name, values]) => [name, values[0]]),
	),
});

const readerOf = (values: Record<string, unknown>) => ({
	typed: (name: string) => values[name],
	valueOf: (name: string) => values[name],
});

/** What an operation sends of its parameters; the vendor never answers. */
async function requestsOf(
	operation: Operation,
	parameters: Record<string, unknown>,
): Promise<VendorRequest[]> {
	if ('batchRequest' in operation) {
		return [operation.batchRequest(operation.entries(parameters))];
	}
	if ('summarize' in operation) return [];
	const requests: VendorRequest[] = [];
	const client: VendorClient<unknown> = {
		environment,
		continueOnFail: false,
		account: '',
		...ONE_BY_ONE,
		send: async (request) => {
			requests.push(request);
			throw new VendorError('No answer', { code: 'TEST', advice: '' });
		},
	};
	const item: ItemContext = {
		reference: {
			execution: '7',
			origin: '7',
			isOriginKept: true,
			node: 'node',
			run: 0,
			item: 0,
			asTool: false,
		},
		memory: {},
		waiting: NO_WAITING,
		idempotency: {
			reserve: async () => 'reserved',
			commit: () => {},
			flush: async () => {},
			release: async () => {},
		},
	};
	await operation.perform(parameters, client, item).catch((failure: unknown) => {
		if (!(failure instanceof VendorError)) throw failure;
	});
	return requests;
}

/** Every text that goes over the wire, with the name of its field. */
const sentTexts = ({ path, body }: VendorRequest): Array<readonly [string, string]> => {
	const fields: Array<readonly [string, unknown]> =
		typeof body === 'string'
			? body.startsWith('<')
				? []
				: [...new URLSearchParams(body)]
			: Object.entries(body as IDataObject);
	return [['path', path], ...fields.map(([name, value]) => [name, String(value)] as const)];
};

const UNSEEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Surrogate}\u2028\u2029]/u;

interface Case {
	readonly of: string;
	readonly operation: Operation;
	readonly name: string;
	readonly field: Field<unknown>;
	readonly isOption: boolean;
}

/** The options that operations have beside their own. */
const pacingOf = ({ effect }: Operation): Fields =>
	effect === 'local'
		? {}
		: { requestInterval, timeout, ...(effect === 'read' ? { concurrency } : {}) };

const cases: Case[] = Object.entries(TABLES).flatMap(([node, { operations }]) =>
	operations.flatMap((operation) =>
		[
			...Object.entries(operation.fields).map(([name, field]) => ({
				name,
				field,
				isOption: false,
			})),
			{ name: 'simplify', field: simplify, isOption: false },
			...Object.entries({ ...operation.options, ...pacingOf(operation) }).map(([key, field]) => ({
				name: field.formerOption ?? key,
				field,
				isOption: true,
			})),
		].map((field) => ({
			...field,
			operation,
			of: `${node} ${operation.resource}.${operation.operation} ${field.name}`,
		})),
	),
);

test('there is something to try', () => {
	expect(cases.length).toBeGreaterThan(60);
});

test.each(cases)(
	'$of is sent clean, or refused by its name',
	async ({ operation, name, field, isOption }) => {
		const { displayName } = field.appearance;
		const wrong: string[] = [];
		for (const value of HOSTILE) {
			const good = goodValues(operation, field);
			const values = isOption
				? { ...good, options: { [name]: value } }
				: { ...good, [name]: value };
			try {
				const { parameters } = parseItemParameters(readerOf(values), operation, 0, environment);
				for (const text of (await requestsOf(operation, parameters)).flatMap(sentTexts)) {
					if (KEPT_AS_TYPED.includes(text[0]) || !UNSEEN.test(text[1])) continue;
					wrong.push(`${nameOf(value)} was sent as ${nameOf(text[1])} in ${text[0]}`);
				}
			} catch (failure) {
				if (failure instanceof InputError && failure.parameter === displayName) {
					if (failure.message.length < 400 && failure.advice !== '') continue;
				}
				wrong.push(`${nameOf(value)}: ${String(failure).slice(0, 300)}`);
			}
		}
		expect(wrong).toEqual([]);
	},
);

test.each(cases.filter(({ field }) => field.appearance.type === 'string'))(
	'$of never holds what stands for nothing',
	({ operation, name, field, isOption }) => {
		if (KEPT_AS_TYPED.includes(name) || isReported(operation)) return;
		for (const value of ['undefined', 'null', 'NaN', '[object Object]', { a: 1 }, [{}]]) {
			const good = goodValues(operation, field);
			const values = isOption
				? { ...good, options: { [name]: value } }
				: { ...good, [name]: value };
			expect(() => parseItemParameters(readerOf(values), operation, 0, environment)).toThrow(
				expect.objectContaining({ parameter: field.appearance.displayName }),
			);
		}
	},
);

/** As n8n hands it over: what was typed is one thing, what became of it another. */
const given = (values: Record<string, unknown>, typed: Record<string, unknown>) => ({
	typed: (name: string) => typed[name],
	valueOf: (name: string) => values[name],
});

test('only what sends nothing takes an expression that gives nothing', () => {
	const taking = cases.filter(({ field }) => field.takesNothing);
	expect(taking.map(({ operation }) => operation.effect)).toEqual(taking.map(() => 'local'));
});

test.each(cases.filter(({ field }) => !field.fixed && !field.takesNothing))(
	'$of never takes an expression that gives nothing for a field left empty',
	({ operation, name, field, isOption }) => {
		const good = goodValues(operation, field);
		const wrap = (value: unknown) =>
			isOption ? { ...good, options: { [name]: value } } : { ...good, [name]: value };
		const parse = (value: unknown, typed: unknown) =>
			parseItemParameters(given(wrap(value), wrap(typed)), operation, 0, environment);
		for (const nothing of [undefined, null]) {
			expect(() => parse(nothing, '={{ $json.gone }}')).toThrow(
				expect.objectContaining({
					name: 'InputError',
					parameter: field.appearance.displayName,
					message: expect.stringMatching(/ holds an expression that gives nothing /),
				}),
			);
		}
		// Cleared in the panel, and left out of the options.
		if (isOption) expect(() => parse(null, null)).not.toThrow();
		if (isOption) {
			expect(() =>
				parseItemParameters(given(good, { options: {} }), operation, 0, environment),
			).not.toThrow();
		}
	},
);

test('an empty cell is a field left empty, but where that costs money', () => {
	const refusing = cases.flatMap(({ of, operation, name, field, isOption }) => {
		if (!isOption || field.fixed) return [];
		const good = goodValues(operation, field);
		const options = (value: string) => ({ ...good, options: { [name]: value } });
		const reader = given(options(''), options('={{ $json.cell }}'));
		try {
			parseItemParameters(reader, operation, 0, environment);
			return [];
		} catch {
			return [of];
		}
	});
	expect(refusing).toEqual([
		'trafficRecharge order.submit customParm',
		'trafficRecharge order.submitAndWait customParm',
	]);
});
