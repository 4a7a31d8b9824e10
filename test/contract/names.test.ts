import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';

import { credentials, nodes, ROOT } from '../support/package';
import { fieldsOf, previewFile, readPreview } from '../support/previews';
import {
	addedNames,
	currentNames,
	HOW_TO_RENAME,
	lostNames,
	NAMES_FILE,
	operationsOf,
	optionNames,
	publishedNames,
	shownFor,
	type OutputsOf,
	type PublishedNames,
} from '../support/publishedNames';
import { TABLES } from '../support/tables';

const previewed: OutputsOf = ({ folder }, operation) =>
	fieldsOf(readPreview(ROOT, folder, operation) ?? { type: 'object' });

const current = currentNames(previewed);
const published = publishedNames();

describe('the published names', () => {
	test('are all there, with their defaults and choices', () => {
		const lost = lostNames(published, current);
		expect({ lost, hint: HOW_TO_RENAME }).toEqual({ lost: [], hint: HOW_TO_RENAME });
	});

	test('are complete', () => {
		const hint = `npm run generate adds them to ${NAMES_FILE}`;
		const added = addedNames(published, current);
		expect({ added, hint }).toEqual({ added: [], hint });
	});

	/** The published names with something else at a path, or nothing. */
	const withChange = (path: string, value: unknown): PublishedNames => {
		const names = structuredClone(published);
		const steps = path.split(' › ');
		const last = steps.pop() ?? '';
		let at = names as unknown as Record<string, unknown>;
		for (const step of steps) at = at[step] as Record<string, unknown>;
		if (value === undefined) delete at[last];
		else at[last] = value;
		return names;
	};
	const getStatus = 'nodes › m2mCard › operations › card.getStatus';

	test.each([
		getStatus,
		`${getStatus} › parameters › cardKey`,
		`${getStatus} › parameters › options › options › timeout`,
		'credentials › m2mCardApi › signContentAs',
		'nodes › m2mSmsTrigger',
		'nodes › m2mSmsTrigger › parameters › events',
	])('miss %s when it is gone', (path) => {
		const without = withChange(path, undefined);
		expect(lostNames(published, without)).toEqual([path]);
		// The other way round it is an addition.
		expect(lostNames(without, published)).toEqual([]);
		expect(addedNames(without, published)).toEqual([path]);
	});

	test.each([
		[`${getStatus} › parameters › statusFields › values`, '"7"', ['1', '2', '3', '4', '5', '6']],
		['nodes › m2mSmsTrigger › parameters › events › values', '"smsSent"', ['smsReceived']],
		[
			'nodes › trafficRecharge › operations › account.getBalance › outputs',
			'"balance"',
			['accountSid'],
		],
	])('miss a value of %s', (path, value, left) => {
		expect(lostNames(published, withChange(path, left))).toEqual([`${path} › ${value}`]);
	});

	test.each([
		[`${getStatus} › parameters › simplify › default`, true, false],
		[`${getStatus} › parameters › statusFields › default`, ['1', '2', '3', '4', '5', '6', '7'], []],
		[`${getStatus} › sideBySide`, true, false],
	])('miss %s when it changes', (path, was, is) => {
		expect(lostNames(published, withChange(path, is))).toEqual([
			`${path} was ${JSON.stringify(was)} and is ${JSON.stringify(is)}`,
		]);
		expect(addedNames(published, withChange(path, is))).toEqual([]);
	});
});

describe.each(credentials)('credential $name', (credential) => {
	test('signs by an arrow property', () => {
		// n8n loses a method when it serialises the type.
		expect(Object.keys(credential)).toContain('authenticate');
	});

	test('hides its secrets', () => {
		const secrets = credential.properties.filter(({ name }) => /password$|token$/i.test(name));
		for (const secret of secrets) expect(secret.typeOptions?.password).toBe(true);
	});

	test('can be tested in its dialog', () => {
		const testedBy = nodes.flatMap(({ node }) =>
			(node.description.credentials ?? [])
				.filter(({ name }) => name === credential.name)
				.map(({ testedBy: by }) => node.methods?.credentialTest?.[String(by)]),
		);
		expect(testedBy.some((test) => typeof test === 'function')).toBe(true);
	});
});

const nodeNamed = (name: string): INodeType => {
	const found = nodes.find(({ node }) => node.description.name === name);
	if (!found) throw new Error(`The package has no node ${name}`);
	return found.node;
};

describe.each(Object.entries(TABLES))('node %s', (name, { operations }) => {
	const { description } = nodeNamed(name);

	test.each(
		operations.map((operation) => [`${operation.resource}.${operation.operation}`, operation]),
	)(
		'%s runs side by side only if it may, and simplifies what comes from a vendor',
		(_name, { resource, operation, effect, asks }) => {
			const shown = shownFor(description, resource, operation);
			expect(optionNames(shown).includes('concurrency')).toBe(effect === 'read');
			const simplifies = shown.some((property) => property.name === 'simplify');
			if (effect !== 'local' && !asks) expect(simplifies).toBe(true);
		},
	);

	test('can be used by agents', () => {
		expect(description.usableAsTool).toBe(true);
	});
});

describe.each(nodes.filter(({ node }) => operationsOf(node.description).length > 0))(
	'node $node.description.name',
	({ folder, node: { description } }) => {
		test.each(operationsOf(description))('%s has an output preview', (operation) => {
			const preview = previewFile(folder, operation);
			const hint = `npm run generate writes ${preview}`;
			expect([hint, existsSync(join(ROOT, preview))]).toEqual([hint, true]);
		});
	},
);

const pushTriggers = nodes.filter(
	({ node: { description } }) =>
		description.webhooks !== undefined && description.group.includes('trigger'),
);

describe.each(pushTriggers)('push trigger $node.description.name', ({ node: { description } }) => {
	test('has its parameters and its webhook', () => {
		const names = description.properties.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['simplify', 'options']));
		expect(description.webhooks).toMatchObject([{ httpMethod: 'POST', path: 'webhook' }]);
		expect(description.usableAsTool).toBeUndefined();
	});
});
