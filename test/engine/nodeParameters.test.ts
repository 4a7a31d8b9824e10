import type { IDataObject, IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';

import { createParameterReader } from '../../nodes/shared/action/parameterReader';
import type { Field, Fields, Operation } from '../../nodes/shared/contracts/operation';
import {
	concurrency,
	requestInterval,
	simplify,
	timeout,
} from '../../nodes/shared/fields/commonFields';
import { examplesOf } from '../examples';
import { nodes } from '../support/package';
import { TABLES } from '../support/tables';
import { runInEngine } from './engine';

const outcomeOf = (work: () => unknown) => {
	try {
		return { value: work() };
	} catch (error) {
		return { error: String(error) };
	}
};

/** Gives what n8n makes of its parameter, and what we make of it. */
class Both implements INodeType {
	description = {
		displayName: 'Both',
		name: 'underTest',
		group: ['transform' as const],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main' as const],
		outputs: ['main' as const],
		// n8n leaves out parameters that are not declared.
		properties: ['card', 'list', 'collection', 'mixed', 'number'].map((name) => ({
			displayName: name,
			name,
			type: 'string' as const,
			default: 'by default',
		})),
	};

	async execute(this: IExecuteFunctions) {
		const parameters = createParameterReader(this);
		const items = this.getInputData().map((_, itemIndex) => {
			const n8n = outcomeOf(() => this.getNodeParameter('card', itemIndex, ''));
			const ours = outcomeOf(() => parameters.valueOf('card', itemIndex));
			return { json: { n8n, ours } as IDataObject, pairedItem: itemIndex };
		});
		return [items];
	}
}

const run = async (card: string, items: IDataObject[]) => {
	const result = await runInEngine({
		node: new Both(),
		credentialTypes: [],
		credentials: {},
		parameters: { card },
		items,
	});
	expect(result.error).toBeUndefined();
	return result.items.map(({ json }) => json as { n8n: IDataObject; ours: IDataObject });
};

const VALUES: unknown[] = [
	'1064800000001',
	'',
	' 1 ',
	'={{ 1 + 1 }}',
	'{{ $json.other }}',
	'物联网 😀',
	1064800000001,
	0,
	-1.5,
	true,
	false,
	null,
	undefined,
	{ a: 1 },
	['x', 2],
	'2024-01-02T03:04:05.000Z',
];

const items = [
	...VALUES.map((key) => ({ key, 'card number': key, other: 'other' })),
	{},
] as IDataObject[];

test.each([
	'={{ $json.key }}',
	'={{$json.key}}',
	'={{  $json["card number"]  }}',
	"={{ $json['card number'] }}",
	'={{ $json["key"] }}',
	'={{ $json.constructor }}',
	'={{ $json["__proto__"] }}',
	'={{ $json.toString }}',
	'={{ $json.key.length }}',
	'={{ $json.key }} ',
	'={{ $json.key }}{{ $json.key }}',
	'=x{{ $json.key }}',
	'={{ $json.key + 1 }}',
	'={{ $json?.key }}',
	'={{ $json["k" + "ey"] }}',
	'={{ $json["k\\x65y"] }}',
	'={{ $json }}',
	'={{ $input.item.json.key }}',
	'={{ $json.key }',
	'{{ $json.key }}',
	'plain',
	'',
])('%j means what it means to n8n', async (card) => {
	const results = await run(card, items);
	expect(results).toHaveLength(items.length);
	for (const { n8n, ours } of results) expect(ours).toEqual(n8n);
});

test('constants that are lists and collections mean what they mean to n8n', async () => {
	class Collections implements INodeType {
		description = new Both().description;

		async execute(this: IExecuteFunctions) {
			const parameters = createParameterReader(this);
			const names = ['list', 'collection', 'mixed', 'number', 'missing'];
			return [
				this.getInputData().map((_, at) => ({
					json: {
						n8n: names.map((name) => this.getNodeParameter(name, at, '')),
						ours: names.map((name) => parameters.valueOf(name, at)),
						typed: parameters.typed('mixed'),
					} as IDataObject,
				})),
			];
		}
	}
	const mixed = { plain: 'x', deep: { expression: '={{ $json.key }}' } };
	const result = await runInEngine({
		node: new Collections(),
		credentialTypes: [],
		credentials: {},
		parameters: { list: ['1', '2'], collection: { a: { b: 1 } }, mixed, number: 5 },
		items: [{ key: 'one' }, { key: 'two' }],
	});
	expect(result.error).toBeUndefined();
	expect(result.items).toHaveLength(2);
	for (const [at, { json }] of result.items.entries()) {
		expect(json.ours).toEqual(json.n8n);
		expect(json.ours).toContainEqual({
			plain: 'x',
			deep: { expression: ['one', 'two'][at] },
		});
		expect(json.typed).toEqual(mixed);
	}
});

test.each([
	['={{ $json.key }}', 0],
	['={{ $json["key"] }}', 0],
	['plain', 1],
	['={{ $json.key + "" }}', 1_000],
])('n8n evaluates %s %i times over 1,000 items', async (card, expected) => {
	let evaluations = 0;
	class Counting implements INodeType {
		description = new Both().description;

		async execute(this: IExecuteFunctions) {
			const context: IExecuteFunctions = Object.create(this, {
				getNodeParameter: {
					value: (...given: Parameters<IExecuteFunctions['getNodeParameter']>) => {
						evaluations += 1;
						return this.getNodeParameter(...given);
					},
				},
			});
			const parameters = createParameterReader(context);
			const values = this.getInputData().map((_, at) => parameters.valueOf('card', at));
			return [values.map((value) => ({ json: { value } as IDataObject }))];
		}
	}
	const cards = Array.from({ length: 1_000 }, (_, at) => ({ key: `${at}` }));
	const result = await runInEngine({
		node: new Counting(),
		credentialTypes: [],
		credentials: {},
		parameters: { card },
		items: cards,
	});
	const expectedValues = cards.map(({ key }) => (card === 'plain' ? card : key));
	expect(result.items.map(({ json }) => json.value)).toEqual(expectedValues);
	expect(evaluations).toBe(expected);
});

describe('an expression that gives nothing', () => {
	interface Case {
		readonly of: string;
		readonly node: string;
		readonly operation: Operation;
		readonly field: Field<unknown>;
		readonly with: (typed: string) => INodeParameters;
	}

	const nameOf = ({ resource, operation }: Operation) => `${resource}.${operation}` as const;

	const exampleOf = (node: string, operation: Operation) => examplesOf(node)[nameOf(operation)];

	const pacing = { concurrency, requestInterval, timeout };

	const casesOf = (node: string, operation: Operation): Case[] => {
		const name = nameOf(operation);
		const base: INodeParameters = {
			resource: operation.resource,
			operation: operation.operation,
			...exampleOf(node, operation)?.parameters,
		};
		const each = (fields: Fields, put: (name: string, typed: string) => INodeParameters): Case[] =>
			Object.entries(fields)
				.filter(([, { fixed, takesNothing }]) => !fixed && !takesNothing)
				// n8n takes nothing that stands in place of a whole collection.
				.filter(([, { appearance }]) => appearance.type !== 'fixedCollection')
				.map(([field, definition]) => ({
					of: `${node} ${name} ${field}`,
					node,
					operation,
					field: definition,
					with: (typed) => {
						const shown = Object.entries(definition.shownWhen ?? {});
						return {
							...base,
							...Object.fromEntries(shown.map(([other, values]) => [other, values[0]])),
							...put(definition.formerOption ?? field, typed),
						};
					},
				}));
		const isRead = operation.effect === 'read';
		const { concurrency: _, ...others } = pacing;
		const options = {
			...operation.options,
			...(operation.effect === 'local' ? {} : isRead ? pacing : others),
		};
		return [
			...each(operation.fields, (field, typed) => ({ [field]: typed })),
			...(operation.effect === 'local' || operation.asks
				? []
				: each({ simplify }, (field, typed) => ({ [field]: typed }))),
			...each(options, (field, typed) => ({
				options: { ...(base.options as INodeParameters), [field]: typed },
			})),
		];
	};

	const cases = Object.entries(TABLES).flatMap(([node, { operations }]) =>
		operations.flatMap((operation) => casesOf(node, operation)),
	);

	const outcome = async ({ node, ...one }: Case, typed: string) => {
		const found = nodes.find(({ node: { description } }) => description.name === node);
		if (!found) throw new Error(`No node ${node}`);
		const [item] = exampleOf(node, one.operation)?.items ?? [];
		return await runInEngine({
			node: found.node,
			credentialTypes: [],
			credentials: {},
			parameters: one.with(typed),
			items: [{ requestId: '1', ...item, nothing: null, empty: '' }],
		});
	};

	test('is tried in every field', () => {
		expect(cases.length).toBeGreaterThan(100);
	});

	test.each(cases)('is refused by the name of the field: $of', async (one) => {
		for (const typed of ['={{ $json.gone }}', '={{ $json.nothing }}', '={{ undefined }}']) {
			const { error } = await outcome(one, typed);
			expect([typed, error?.message]).toEqual([
				typed,
				expect.stringMatching(/^[^a-z].* holds an expression that gives nothing /),
			]);
			expect(error?.message).toContain(one.field.appearance.displayName);
			expect(error?.description).toMatch(/^Check the expression in /);
		}
	});

	test('is told how to be empty only where that means nothing', async () => {
		const adviceOn = async (of: string) => {
			const found = cases.find((one) => one.of === of);
			return found && (await outcome(found, '={{ $json.gone }}')).error?.description;
		};
		const onPurpose = /To leave .+ empty on purpose/;
		expect(await adviceOn('smsPlatform message.send signature')).toMatch(onPurpose);
		expect(await adviceOn('trafficRecharge order.submit carrier')).not.toMatch(onPurpose);
		expect(await adviceOn('m2mCard sms.sendFormatted format')).not.toMatch(onPurpose);
	});

	test('is one that gives an empty text, where a made-up reference would stand in', async () => {
		const references = cases.filter(({ field }) => field.refusesEmpty);
		expect(references.map(({ of }) => of)).toEqual([
			'trafficRecharge order.submit customParm',
			'trafficRecharge order.submitAndWait customParm',
		]);
		for (const one of references) {
			for (const typed of ['={{ $json.empty }}', '={{ $json.empty + " " }}']) {
				const { error } = await outcome(one, typed);
				expect(error?.message).toMatch(/gives nothing or an empty text$/);
			}
		}
	});
});
