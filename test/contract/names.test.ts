import { NodeHelpers, type INode, type INodeProperties, type INodeType } from 'n8n-workflow';

import { credentials, nodes } from '../support/package';
import { credentialTypes, defaults, operations, triggers } from './names';

const nodeNamed = (name: string): INodeType => {
	const found = nodes.find(({ node }) => node.description.name === name);
	if (!found) throw new Error(`The package has no node ${name}`);
	return found.node;
};

/** What the panel shows for a resource and an operation, all modes of it. */
function shownFor(node: INodeType, resource: string, operation: string): INodeProperties[] {
	const modes = [{}, { flowCodeMode: 'build' }, { flowCodeMode: 'code' }];
	return node.description.properties.filter((property) =>
		modes.some((mode) =>
			NodeHelpers.displayParameter(
				{ resource, operation, ...mode },
				property,
				{ typeVersion: 1 } as INode,
				node.description,
			),
		),
	);
}

const optionNames = (properties: readonly INodeProperties[]): string[] =>
	properties
		.filter(({ name }) => name === 'options')
		.flatMap(({ options }) => (options ?? []).map(({ name }) => name));

describe.each(Object.entries(credentialTypes))('credential %s', (name, fields) => {
	test('has its fields, and signs by an arrow property', () => {
		const credential = credentials.find((one) => one.name === name);
		expect(credential?.properties.map((property) => property.name)).toEqual(
			expect.arrayContaining([...fields]),
		);
		// n8n loses a method when it serialises the type.
		expect(Object.keys(credential ?? {})).toContain('authenticate');
	});

	test('hides its secrets', () => {
		const secrets = credentials
			.find((one) => one.name === name)
			?.properties.filter(({ name: field }) => /password$|token$/i.test(field));
		for (const secret of secrets ?? []) expect(secret.typeOptions?.password).toBe(true);
	});

	test('can be tested in its dialog', () => {
		const testedBy = nodes.flatMap(({ node }) =>
			(node.description.credentials ?? [])
				.filter((one) => one.name === name)
				.map(({ testedBy: by }) => node.methods?.credentialTest?.[String(by)]),
		);
		expect(testedBy.some((test) => typeof test === 'function')).toBe(true);
	});
});

describe.each(Object.entries(operations))('node %s', (name, table) => {
	const node = () => nodeNamed(name);

	test.each(Object.entries(table))('%s has its parameters', (operation, names) => {
		const [resource = '', value = ''] = operation.split('.');
		const properties = shownFor(node(), resource, value);
		expect(properties.map((property) => property.name)).toEqual(
			expect.arrayContaining([...names.parameters]),
		);
		expect(optionNames(properties)).toEqual(expect.arrayContaining([...names.options]));
		const simplified = properties.some((property) => property.name === 'simplify');
		expect(simplified).toBe(resource !== 'flowCode');
	});

	test('offers no concurrency to what must run one by one', () => {
		for (const [operation, { options }] of Object.entries(table)) {
			const [resource = '', value = ''] = operation.split('.');
			const offered = optionNames(shownFor(node(), resource, value)).includes('concurrency');
			expect([operation, offered]).toEqual([operation, options.includes('concurrency')]);
		}
	});

	test('can be used by agents', () => {
		expect(node().description.usableAsTool).toBe(true);
	});
});

describe.each(Object.entries(triggers))('trigger %s', (name, { parameters, options }) => {
	test('has its parameters and its webhook', () => {
		const { description } = nodeNamed(name);
		const names = description.properties.map((property) => property.name);
		expect(names).toEqual(expect.arrayContaining([...parameters, 'simplify', 'options']));
		expect(optionNames(description.properties)).toEqual(expect.arrayContaining([...options]));
		expect(description.webhooks).toMatchObject([{ httpMethod: 'POST', path: 'webhook' }]);
		expect(description.usableAsTool).toBeUndefined();
	});
});

describe.each(Object.entries(defaults))('defaults of %s', (name, values) => {
	test.each(Object.entries(values))('%s', (parameter, value) => {
		const all = nodeNamed(name).description.properties.flatMap((property) => [
			property,
			...((property.options ?? []) as INodeProperties[]),
		]);
		const presets = all.filter((property) => property.name === parameter && 'default' in property);
		expect(presets.length).toBeGreaterThan(0);
		for (const preset of presets) expect(preset.default).toEqual(value);
	});
});
