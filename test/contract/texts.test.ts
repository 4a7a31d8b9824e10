import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { exampleGaps, examplesOf } from '../examples';
import { credentials, nodes, ROOT } from '../support/package';
import { operationsOf } from '../support/publishedNames';
import { tableProblems, TABLES } from '../support/tables';

const CHINESE = /\p{Script=Han}/u;

/** Every property of a description, those inside collections too. */
const allProperties = (properties: readonly INodeProperties[]): INodeProperties[] =>
	properties.flatMap((property) => [
		property,
		...allProperties(
			((property.options ?? []) as INodeProperties[]).filter((option) => 'displayName' in option),
		),
	]);

const choicesOf = (property: INodeProperties): INodePropertyOptions[] =>
	((property.options ?? []) as INodePropertyOptions[]).filter((option) => 'value' in option);

const owners = [
	...nodes.map(({ node: { description } }) => ({
		name: description.name,
		properties: description.properties,
	})),
	...credentials.map(({ name, properties }) => ({ name, properties })),
];

describe.each(owners)('the texts of $name', ({ properties }) => {
	const all = allProperties(properties);

	test('are English, but for what stands in the vendor’s console and what its staff is told', () => {
		const english = JSON.stringify(all).replace(/\([^()]*\)|您好.*?谢谢。/gu, '');
		expect(english.match(CHINESE)).toBeNull();
	});

	test('are complete', () => {
		for (const { displayName, name, description, type } of all) {
			if (type === 'notice' || ['resource', 'operation', 'options', 'values'].includes(name))
				continue;
			expect([displayName, typeof description]).toEqual([displayName, 'string']);
		}
	});

	test('start toggles with "Whether" and placeholders with "e.g."', () => {
		for (const { description, placeholder, type } of all) {
			if (type === 'boolean') expect(description).toMatch(/^Whether /);
			if (placeholder && !/collection/i.test(type)) expect(placeholder).toMatch(/^e\.g\. /);
		}
	});

	test('end a single sentence without a full stop', () => {
		for (const { description } of [...all, ...all.flatMap(choicesOf)]) {
			if (description && !/[.:?!] [A-Z]/.test(description)) expect(description).not.toMatch(/\.$/);
		}
	});

	test('name labels in title case', () => {
		for (const { displayName, type } of all) {
			if (type !== 'notice') expect(displayName).toMatch(/^[A-Z][^.]*$/);
		}
	});
});

describe.each(nodes)('node $node.description.name', ({ folder, node: { description } }) => {
	const file = (name: string) => join(ROOT, 'nodes', folder, name);

	test('has icons for light and dark', () => {
		const icon = description.icon as { light: string; dark: string };
		for (const path of [icon.light, icon.dark]) {
			const svg = readFileSync(file(path.replace('file:', '')), 'utf8');
			expect(svg).toMatch(/^<svg [^>]*viewBox=/);
		}
	});

	test('can be found by English and Chinese words', () => {
		const className = description.name.charAt(0).toUpperCase() + description.name.slice(1);
		const codex = JSON.parse(readFileSync(file(`${className}.node.json`), 'utf8')) as {
			node: string;
			alias: string[];
		};
		expect(codex.node).toBe(`n8n-nodes-m2m-iot.${description.name}`);
		expect(codex.alias.some((word) => CHINESE.test(word))).toBe(true);
		expect(codex.alias.some((word) => /^[\w ]+$/.test(word))).toBe(true);
	});

	test('has an action and a description for each operation', () => {
		for (const { name, options } of description.properties) {
			if (name !== 'operation') continue;
			for (const { action, value, description: text } of options as INodePropertyOptions[]) {
				expect([value, typeof action, typeof text]).toEqual([value, 'string', 'string']);
			}
		}
	});

	test('has one example for each operation, which tells of it in Chinese', () => {
		expect(exampleGaps(description.name, operationsOf(description))).toEqual([]);
	});

	test('has actions that differ', () => {
		const actions = description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options }) => (options as INodePropertyOptions[]).map(({ action }) => action));
		expect(new Set(actions).size).toBe(actions.length);
	});
});

test('what is missing between operations and examples is named', () => {
	const { 'reply.getMany': reply, ...others } = examplesOf('smsPlatform');
	const operations = Object.keys(others);
	expect(reply).toBeDefined();
	expect(exampleGaps('smsPlatform', operations, others)).toEqual([]);
	expect(exampleGaps('smsPlatform', [...operations, 'message.recall'], others)).toEqual([
		'smsPlatform message.recall has no example in test/examples/smsPlatform.ts.',
	]);
	expect(exampleGaps('smsPlatform', operations, examplesOf('smsPlatform'))).toEqual([
		'test/examples/smsPlatform.ts has an example for smsPlatform reply.getMany, which the node does not have.',
	]);
	const english = { ...others, 'message.send': { chinese: 'Send', parameters: {} } };
	expect(exampleGaps('smsPlatform', operations, english)).toEqual([
		'smsPlatform message.send has no Chinese description: give its example one in test/examples/smsPlatform.ts.',
	]);
	expect(exampleGaps('m2mCard', ['simBatch.getOne'], {})).toEqual([
		'm2mCard simBatch.getOne has no example in test/examples/simBatch.ts.',
	]);
});

test('every operation can be chosen, and no two have one name', () => {
	expect(tableProblems()).toEqual([]);
	const { resources, operations } = TABLES.smsPlatform ?? { resources: {}, operations: [] };
	const [first] = operations;
	if (!first) throw new Error('No operations');
	const lost = { ...first, resource: 'letter' };
	expect(tableProblems({ n: { resources, operations: [first, lost, first] } })).toEqual([
		`n letter.${first.operation}: the node does not list the resource "letter" in its file.`,
		`n ${first.resource}.${first.operation} is there twice.`,
	]);
});
