import type { INodeProperties } from 'n8n-workflow';

import { choice, text, booleanField } from '../../../nodes/shared/fields/fields';
import {
	defineOperation,
	type Effect,
	type Fields,
	type Operation,
} from '../../../nodes/shared/contracts/operation';
import { concurrency, requestInterval, timeout } from '../../../nodes/shared/fields/commonFields';
import { actionProperties } from '../../../nodes/shared/action/actionProperties';

const operation = (
	resource: string,
	name: string,
	more: { effect?: Effect; fields?: Fields; options?: Fields; notice?: string } = {},
): Operation =>
	defineOperation({
		resource,
		operation: name.charAt(0).toLowerCase() + name.slice(1),
		name,
		action: `${name} a ${resource}`,
		description: `${name} it`,
		source: '',
		effect: more.effect ?? 'read',
		vendor: {
			name: 'Test',
			credentialType: 'testApi',
			secretFields: [],
			parseResponse: () => null,
		},
		fields: more.fields ?? {},
		options: more.options ?? {},
		notice: more.notice,
		perform: async () => [],
	});

const propertiesFor = (...operations: Operation[]): INodeProperties[] =>
	actionProperties({
		resources: { sms: 'SMS', card: 'Card', code: 'Code' },
		operations,
	});

const named = (properties: readonly INodeProperties[], name: string): INodeProperties[] =>
	properties.filter((property) => property.name === name);

const key = text({ displayName: 'Key', description: 'The key' });
const mode = choice(
	{ displayName: 'Mode', description: 'The mode' },
	[
		{ name: 'Build', value: 'build' },
		{ name: 'Code', value: 'code' },
	],
	'build',
);

test('begin with the resources, then the operations of each, in the order of the table', () => {
	const [resource, ...rest] = propertiesFor(
		operation('sms', 'Send'),
		operation('card', 'Get Status'),
		operation('card', 'Get'),
	);
	expect(resource).toEqual({
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'SMS', value: 'sms' },
			{ name: 'Card', value: 'card' },
			{ name: 'Code', value: 'code' },
		],
		default: 'sms',
	});
	const operations = named(rest, 'operation');
	expect(operations).toEqual(rest.slice(0, 2));
	expect(operations[1]).toEqual({
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['card'] } },
		options: [
			{
				name: 'Get Status',
				value: 'get Status',
				description: 'Get Status it',
				action: 'Get Status a card',
			},
			{ name: 'Get', value: 'get', description: 'Get it', action: 'Get a card' },
		],
		default: 'get Status',
	});
});

describe('a field', () => {
	test('is drawn as it appears, for its operation', () => {
		expect(named(propertiesFor(operation('card', 'Get', { fields: { key } })), 'key')).toEqual([
			{
				name: 'key',
				...key.appearance,
				displayOptions: { show: { resource: ['card'], operation: ['get'] } },
			},
		]);
	});

	test('that operations of a resource share is drawn once', () => {
		const properties = propertiesFor(
			operation('card', 'Get', { fields: { key } }),
			operation('card', 'List'),
			operation('card', 'Stop', { fields: { key } }),
			operation('sms', 'Send', { fields: { key } }),
		);
		expect(named(properties, 'key').map(({ displayOptions }) => displayOptions?.show)).toEqual([
			{ resource: ['card'], operation: ['get', 'stop'] },
			{ resource: ['sms'], operation: ['send'] },
		]);
	});

	test('of the same name but another kind is drawn for itself', () => {
		const other = text({ displayName: 'Key', description: 'Another key' });
		const properties = propertiesFor(
			operation('card', 'Get', { fields: { key } }),
			operation('card', 'Stop', { fields: { key: other } }),
		);
		expect(named(properties, 'key').map(({ description }) => description)).toEqual([
			'Another key',
			'The key',
		]);
	});

	test('stands where its operation has it, and is drawn again where two disagree', () => {
		const kind = text({ displayName: 'Kind', description: 'The kind' });
		const properties = propertiesFor(
			operation('card', 'Get', { fields: { key, mode } }),
			operation('card', 'Stop', { fields: { mode, key } }),
			operation('card', 'List', { fields: { key, kind, mode } }),
		);
		const fieldsOf = (name: string) =>
			properties
				.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(name))
				.map((property) => property.name)
				.filter((one) => one !== 'options');
		expect(fieldsOf('get')).toEqual(['key', 'mode']);
		expect(fieldsOf('stop')).toEqual(['mode', 'key']);
		expect(fieldsOf('list')).toEqual(['key', 'kind', 'mode']);
		expect(named(properties, 'mode')).toHaveLength(1);
		expect(named(properties, 'key')).toHaveLength(2);
	});

	test('keeps each of its names', () => {
		const properties = propertiesFor(
			operation('card', 'Get', { fields: { key } }),
			operation('card', 'Swap', { fields: { key, second: key } }),
			operation('card', 'Stop', { fields: { second: key } }),
		);
		const shownFor = (name: string) =>
			named(properties, name).map(({ displayOptions }) => displayOptions?.show?.operation);
		expect(shownFor('key')).toEqual([['get', 'swap']]);
		expect(shownFor('second')).toEqual([['swap', 'stop']]);
	});

	test('is shown only where another has the value for it', () => {
		const fields = { mode, code: { ...key, shownWhen: { mode: ['code'] } } };
		const [code] = named(propertiesFor(operation('code', 'Build', { fields })), 'code');
		expect(code?.displayOptions).toEqual({
			show: { resource: ['code'], operation: ['build'], mode: ['code'] },
		});
	});

	test('that is fixed takes no expression', () => {
		const fields = { key: { ...key, fixed: true as const }, mode };
		const properties = propertiesFor(operation('card', 'Get', { fields }));
		expect(named(properties, 'key')[0]?.noDataExpression).toBe(true);
		expect(named(properties, 'mode')[0]).not.toHaveProperty('noDataExpression');
	});
});

describe('a notice', () => {
	test('stands before the fields, for its operation only', () => {
		const properties = propertiesFor(
			operation('sms', 'Read', { notice: 'Once only.', fields: { key } }),
			operation('sms', 'Send'),
		);
		const at = properties.findIndex(({ type }) => type === 'notice');
		expect(properties[at]).toEqual({
			displayName: 'Once only.',
			name: 'readNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { resource: ['sms'], operation: ['read'] } },
		});
		expect(at).toBeLessThan(properties.findIndex(({ name }) => name === 'key'));
		expect(properties.filter(({ type }) => type === 'notice')).toHaveLength(1);
	});
});

describe('options', () => {
	const optionsIn = (properties: readonly INodeProperties[]) =>
		named(properties, 'options').map(({ displayOptions, options = [] }) => ({
			operations: displayOptions?.show?.operation,
			names: options.map(({ name }) => name),
		}));

	test.each<[Effect, string[]]>([
		['read', ['concurrency', 'requestInterval', 'timeout']],
		['consume', ['requestInterval', 'timeout']],
		['send', ['requestInterval', 'timeout']],
		['spend', ['requestInterval', 'timeout']],
	])('of an operation that may %s', (effect, names) => {
		expect(optionsIn(propertiesFor(operation('card', 'Get', { effect })))).toEqual([
			{ operations: ['get'], names },
		]);
	});

	test('of one that sends nothing are its own, or none', () => {
		const own = booleanField({ displayName: 'Own', description: 'Whether' }, false);
		expect(optionsIn(propertiesFor(operation('code', 'Parse', { effect: 'local' })))).toEqual([]);
		expect(
			optionsIn(propertiesFor(operation('code', 'Parse', { effect: 'local', options: { own } }))),
		).toEqual([{ operations: ['parse'], names: ['own'] }]);
	});

	test('that are alike are drawn once, their own before those of all', () => {
		const sendKey = text({ displayName: 'Send Key', description: 'A key' });
		const properties = propertiesFor(
			operation('sms', 'Send', { effect: 'send', options: { sendKey } }),
			operation('sms', 'Send2', { effect: 'send', options: { sendKey } }),
			operation('sms', 'List'),
		);
		expect(optionsIn(properties)).toEqual([
			{ operations: ['send', 'send2'], names: ['sendKey', 'requestInterval', 'timeout'] },
			{ operations: ['list'], names: ['concurrency', 'requestInterval', 'timeout'] },
		]);
		const [first] = named(properties, 'options');
		expect(first).toMatchObject({
			displayName: 'Options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
		});
	});

	test('that are common have the defaults that saved workflows leave out', () => {
		expect(
			[concurrency, requestInterval, timeout].map(({ appearance }) => appearance.default),
		).toEqual([0, 0, 30_000]);
	});
});

describe('simplify', () => {
	test('is on, and always there where something is sent', () => {
		const [simplify] = named(propertiesFor(operation('card', 'Get')), 'simplify');
		expect(simplify).toMatchObject({ type: 'boolean', default: true });
		expect(simplify).not.toHaveProperty('displayOptions');
	});

	test('is not there for what works offline', () => {
		const [simplify] = named(
			propertiesFor(
				operation('card', 'Get'),
				operation('code', 'Parse', { effect: 'local' }),
				operation('code', 'Build', { effect: 'local' }),
			),
			'simplify',
		);
		expect(simplify?.displayOptions).toEqual({
			hide: { operation: ['parse', 'build'] },
		});
	});
});
