/** The tables of operations in the docs, drawn from the code. */
import type { ActionTable } from '../../nodes/shared/action/actionProperties';
import type { Effect } from '../../nodes/shared/contracts/operation';
import { Explained } from '../../test/harness/failure';
import type { Examples } from '../../test/examples/example';
import { type Language, table } from './markdown';

export { type Language, READMES, replaceBetweenMarkers } from './markdown';

const HEADINGS: Record<Language, readonly string[]> = {
	en: ['Resource', 'Operation', 'What it does', 'Document', 'How it runs'],
	zh: ['资源（Resource）', '操作（Operation）', '说明', '文档章节', '执行方式'],
};

/** How the calls of an operation run, by what they do to the world. */
export const EFFECTS: Record<Language, Record<Effect, string>> = {
	en: {
		local: 'offline',
		read: 'side by side',
		consume: 'one by one, never repeated: each row is handed out once',
		send: 'one by one, never repeated',
		spend: 'one by one, never repeated: costs money',
	},
	zh: {
		local: '离线',
		read: '并发',
		consume: '逐条，绝不重发：每条数据只返回一次',
		send: '逐条，绝不重发',
		spend: '逐条，绝不重发：会产生费用',
	},
};

/**
 * What an operation does, in a language.
 *
 * @param examples of the node: they have the Chinese
 * @throws Explained for an operation that has no words in the language
 */
export function operationInWords(
	{ resource, operation, description }: ActionTable['operations'][number],
	examples: Examples,
	language: Language,
): string {
	if (language === 'en') return description;
	const name = `${resource}.${operation}` as const;
	const words = examples[name]?.chinese;
	if (!words) throw new Explained(`${name} has no example that tells of it in Chinese.`);
	return words;
}

/** Where a document tells of an operation, for example `M2M §2.1`. */
export const sourceInWords = (source: string, language: Language): string =>
	language === 'en'
		? source
		: source
				.replace('Traffic recharge, ', '流量充值 ')
				.replace('SIM batch query', 'SIM Batch')
				.replace(/, | and /g, '、');

/**
 * The heading under which the page of a node tells of an operation. It has no character that GitHub
 * and the generator of the site make different anchors of.
 */
export const operationHeading = (
	{ resources }: ActionTable,
	{ resource, name }: ActionTable['operations'][number],
): string => `${resources[resource] ?? resource}: ${name}`;

const anchorOf = (heading: string): string =>
	heading
		.toLowerCase()
		.replace(/[^\w ]/g, '')
		.replace(/ /g, '-');

/**
 * A Markdown table of what a node can do, by resource and operation in the order of its panel.
 *
 * @param isLinked whether the page tells of each operation under its `operationHeading`
 */
export function operationTable(
	actions: ActionTable,
	examples: Examples,
	language: Language,
	isLinked = false,
): string {
	const rows = actions.operations.map((operation) => [
		actions.resources[operation.resource] ?? operation.resource,
		isLinked
			? `[${operation.name}](#${anchorOf(operationHeading(actions, operation))})`
			: operation.name,
		operationInWords(operation, examples, language),
		sourceInWords(operation.source, language),
		EFFECTS[language][operation.effect],
	]);
	return table(HEADINGS[language], rows);
}
